using ConnectionReuse.Targets;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ConnectionReuse.Servers;

/// <summary>The control under <see cref="LosingPaths"/>.</summary>
internal static class LosingResponses
{
    private static readonly object RequestsKey = new();

    /// <summary>Lets a request under one of the paths lose its connection after its answer, which is the same as everywhere.</summary>
    public static RequestDelegate Before(RequestDelegate respond) => context =>
    {
        switch (context.Request.Path.Value)
        {
            case LosingPaths.Close:
            case LosingPaths.Cap when RequestsOnThisConnection(context) == LosingPaths.RequestCap:
                context.Response.Headers.Connection = "close";
                break;
            case LosingPaths.Idle:
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
            _ = Task.Delay(LosingPaths.IdleLimit).ContinueWith(_ => connection.RequestClose(), TaskScheduler.Default);
            return Task.CompletedTask;
        });
    }
}
