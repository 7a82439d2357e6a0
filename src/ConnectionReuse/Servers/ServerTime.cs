using ConnectionReuse.Links;
using Microsoft.AspNetCore.Http;

namespace ConnectionReuse.Servers;

/// <summary>
/// How long a target thinks about each request. The target itself waits, and not the link: a relay cannot tell a
/// request from a handshake.
/// </summary>
/// <param name="duration">The time between a request and its response, without what the target needs anyway.</param>
/// <param name="timer">What to wait by; it must outlive the target.</param>
internal sealed class ServerTime(TimeSpan duration, PreciseTimer timer)
{
    /// <summary>Middleware that waits before it lets the target respond.</summary>
    internal async Task ThinkAsync(HttpContext context, RequestDelegate next)
    {
        await timer.WaitUntilAsync(PreciseTimer.Now + duration, context.RequestAborted);
        await next(context);
    }
}
