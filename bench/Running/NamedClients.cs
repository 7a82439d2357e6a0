using ConnectionReuse.Clients;
using ConnectionReuse.Clients.Lifetimes;
using ConnectionReuse.Results;
using ConnectionReuse.Targets;

namespace ConnectionReuse.Bench.Running;

/// <summary>Client patterns that were asked for by their names, and which of them can call what.</summary>
internal static class NamedClients
{
    /// <summary>Stands for every way in which .NET code gets its client.</summary>
    public const string AllLifetimes = "all-lifetimes";

    private static readonly string[] Always = [ClientIds.Fresh, ClientIds.Shared];

    /// <summary>Every way in which .NET code gets its client, by its id.</summary>
    public static IEnumerable<string> Lifetimes => ClientPatterns.All.Values.OfType<LifetimePattern>().Select(pattern => pattern.Id).Order(StringComparer.Ordinal);

    /// <summary>The patterns to be timed, by their ids: fresh and shared, and beside them those that were asked for with what they are held against.</summary>
    /// <param name="asked">The ids, or <see cref="AllLifetimes"/>.</param>
    /// <param name="full">Whether <c>fresh-full</c> is among them too.</param>
    /// <exception cref="UserException">There is no such pattern.</exception>
    public static IReadOnlyList<string> Of(IReadOnlyList<string> asked, bool full)
    {
        ArgumentNullException.ThrowIfNull(asked);
        var further = asked.SelectMany(id => id == AllLifetimes ? Lifetimes : [Known(id)]);
        string[] named = full ? [ClientIds.Fresh, ClientIds.FreshFull, ClientIds.Shared] : Always;
        return [.. named.Concat(further.SelectMany(id => ClientPatterns.All[id].Reference is { } reference ? (string[])[id, reference] : [id])).Distinct()];
    }

    /// <summary>Why a pattern cannot be timed in turns with others; null where it can.</summary>
    /// <param name="id">The pattern's id.</param>
    /// <param name="targetId">The target's id.</param>
    /// <param name="httpVersion">The HTTP version that is insisted on; null for HTTP/1.1.</param>
    /// <param name="request">The request that URLs get.</param>
    public static string? Untimed(string id, string targetId, Version? httpVersion, OwnRequest request)
    {
        var pattern = ClientPatterns.All[id];
        return pattern.Pause > TimeSpan.Zero ? "it waits between its calls, so that there is no time to tell: its class in the comparison counts it"
            : targetId == TargetIds.Real || !pattern.Targets.Contains(targetId) || httpVersion is { Major: > 1 } ? Uncounted(pattern, httpVersion, request)
            : Numbers(pattern);
    }

    /// <summary>Why a pattern cannot be counted on a URL of the user's; null where it can.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="httpVersion">The HTTP version that is insisted on; null for HTTP/1.1.</param>
    /// <param name="request">The request that URLs get.</param>
    public static string? Uncounted(ClientPattern pattern, Version? httpVersion, OwnRequest request)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        return pattern.NotElsewhere(httpVersion) ?? pattern.Unable(request) ?? Numbers(pattern);
    }

    private static string? Numbers(ClientPattern pattern) =>
        pattern.InFlight is not null ? "it makes several calls at once: its class is Concurrency"
        : pattern.RequestsPerClient is not null || pattern.PrimingCalls > 1 ? "it makes a number of calls of its own: its class in the comparison counts them"
        : null;

    private static string Known(string id) => ClientPatterns.All.ContainsKey(id) ? id : throw new UserException(
        ExitCode.WrongUse,
        $"--client {id}: no client pattern; {Suggestion.Asked(id, [AllLifetimes, .. ClientPatterns.All.Keys], $"{AllLifetimes} stands for {string.Join(", ", Lifetimes)}")}");
}
