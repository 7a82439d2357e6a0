using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ConnectionReuse.Servers;

/// <summary>Paths under which the control loses its clients' connections, each in the way of some server in production.</summary>
public static class LosingPaths
{
    /// <summary>The response asks the client to close.</summary>
    public const string Close = "/close";

    /// <summary>The connection is closed once it has been idle for <see cref="IdleLimit"/>.</summary>
    public const string Idle = "/idle";

    /// <summary>A connection carries <see cref="RequestCap"/> requests and is closed.</summary>
    public const string Cap = "/cap";

    /// <summary>Requests that <see cref="Cap"/> allows a connection.</summary>
    public const int RequestCap = 10;

    /// <summary>How long <see cref="Idle"/> keeps a connection.</summary>
    public static TimeSpan IdleLimit { get; } = TimeSpan.FromMilliseconds(50);

    private static readonly object RequestsKey = new();

    /// <summary>Lets a request under one of the paths lose its connection after its answer, which is the same as everywhere.</summary>
    internal static RequestDelegate Before(RequestDelegate respond) => context =>
    {
        switch (context.Request.Path.Value)
        {
            case Close:
            case Cap when RequestsOnThisConnection(context) == RequestCap:
                context.Response.Headers.Connection = "close";
                break;
            case Idle:
                CloseWhenIdle(context);
                break;
            default:
                break;
        }

        return respond(context);
    };

    private static int RequestsOnThisConnection(HttpContext context)
    {
        var items = context.Features.GetRequiredFeature<IConnectionItemsFeature>().Items;
        var requests = items.TryGetValue(RequestsKey, out var before) ? (int)before! + 1 : 1;
        items[RequestsKey] = requests;
        return requests;
    }

    // Kestrel's own keep-alive time-out is one for all paths and counts in seconds.
    private static void CloseWhenIdle(HttpContext context)
    {
        var connection = context.Features.GetRequiredFeature<IConnectionLifetimeNotificationFeature>();
        context.Response.OnCompleted(() =>
        {
            _ = Task.Delay(IdleLimit).ContinueWith(_ => connection.RequestClose(), TaskScheduler.Default);
            return Task.CompletedTask;
        });
    }
}
