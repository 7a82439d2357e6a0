using ConnectionReuse.Clients;
using ConnectionReuse.Connections;
using ConnectionReuse.Targets;
using Microsoft.Extensions.Logging;

namespace ConnectionReuse.Bench.Comparing;

/// <summary>The first, untimed calls of a row: they show the documented log lines and whether the target answers at all.</summary>
internal static partial class LoggedCalls
{
    private const int FreshCalls = 3;
    private const int SharedCalls = 4;

    /// <summary>
    /// The calls of a row: three fresh and four shared ones show the difference. With few requests a real target gets
    /// fewer, so that the row stays below four times as many as were asked for.
    /// </summary>
    public static int CallsOf(ClientPattern pattern, bool local, int requests)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        return (pattern.Reuses, local) switch
        {
            (true, true) => SharedCalls,
            (true, false) => Math.Clamp(requests - Jobs.RealRounds, 1, SharedCalls),
            (false, true) => FreshCalls,
            (false, false) => Math.Min(requests, FreshCalls),
        };
    }

    /// <summary>Makes the calls and logs each connection as it opens.</summary>
    /// <returns>Null when every call was answered; else why not, in one line.</returns>
    public static async Task<string?> ShowAsync(Target target, ClientPattern pattern, int calls, ILogger logger, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(pattern);
        Calls(logger, target.Id, pattern.Id, calls);
        var bare = pattern.Id.StartsWith("floor-", StringComparison.Ordinal);
        using var log = new ConnectionLog(logger, target.Uri, bare, proxied: target.Request?.Proxy?.For(target.Uri) is not null);
        try
        {
            await using var caller = pattern.Open(target with { ClientCreated = log.ClientCreated });
            await caller.OneAfterAnotherAsync(calls, pattern.Pause, cancellationToken); // so that each connection stands by its call
            return null;
        }
        catch (Exception e) when (Failure.IsOfACall(e) && !cancellationToken.IsCancellationRequested)
        {
            return Failure.Describe(e);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Target} {Client}: {Calls} calls")]
    private static partial void Calls(ILogger logger, string target, string client, int calls);
}
