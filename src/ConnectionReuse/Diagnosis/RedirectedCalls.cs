using ConnectionReuse.Results;

namespace ConnectionReuse.Diagnosis;

/// <summary>
/// Calls that redirects lead from one server to another: each server keeps or ends connections of its own. Told is the one where
/// redirects end, unless that one's are reused and another one's are not.
/// </summary>
internal static class RedirectedCalls
{
    /// <summary>The verdict, null where there were not two answers, and the connections that it is about.</summary>
    public static (ReuseVerdict? Verdict, IReadOnlyList<Run> Runs) JudgedOf(IReadOnlyList<ObservedCall> calls)
    {
        ArgumentNullException.ThrowIfNull(calls);
        var servers = calls.SelectMany(call => call.Redirects.Append(call)).GroupBy(call => call.Connection?.Authority).ToArray();
        if (servers.Length < 2 || calls.All(call => call.Redirects.Count == 0))
        {
            var all = Runs.Of(calls);
            return (ReuseCauses.VerdictOf(calls, all), all);
        }

        var end = calls.LastOrDefault(call => call.Answer is not null)?.Connection?.Authority;
        if (end is null)
        {
            return (null, []); // nobody answered where redirects end
        }

        var judged = servers.OrderByDescending(server => server.Key == end).Select(server => Judged(server.Key, end, [.. server])).ToArray();
        return judged[0].Verdict is { IsReused: true } ? judged.FirstOrDefault(each => each.Verdict is { IsReused: false }, judged[0]) : judged[0];
    }

    private static (ReuseVerdict? Verdict, IReadOnlyList<Run> Runs) Judged(string? authority, string end, ObservedCall[] calls)
    {
        var runs = Runs.Of(calls);
        var place = authority == end ? $"at {end}, where redirects end," : $"at {authority}, which leads calls on to {end},";
        return (ReuseCauses.VerdictOf(calls, runs) is { } verdict ? verdict with { Evidence = PlainText.OneLine($"{place} {verdict.Evidence}") } : null, runs);
    }
}
