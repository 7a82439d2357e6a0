namespace ConnectionReuse.Diagnosis;

/// <summary>Calls in a row that one connection carried.</summary>
/// <param name="Connection">The connection.</param>
/// <param name="Calls">The calls.</param>
internal sealed record Run(WatchedConnection Connection, IReadOnlyList<ObservedCall> Calls);

/// <summary>Calls by the connection that carried them.</summary>
internal static class Runs
{
    /// <summary>
    /// The runs, in their order; a call that reached no connection, or got no answer from it, was not carried by it, unless its
    /// client gave it up while others were answered.
    /// </summary>
    public static IReadOnlyList<Run> Of(IReadOnlyList<ObservedCall> calls)
    {
        var isAnswered = calls.Any(call => call.Answer is not null);
        List<(WatchedConnection Connection, List<ObservedCall> Calls)> runs = [];
        foreach (var call in calls)
        {
            if (call.Connection is not { } connection || (call is { Answer: null, Cancelled: false } && !(call.TimedOut && isAnswered)))
            {
                continue;
            }

            if (runs is not [.., var last] || last.Connection != connection)
            {
                runs.Add((connection, []));
            }

            runs[^1].Calls.Add(call);
        }

        return [.. runs.Select(run => new Run(run.Connection, run.Calls))];
    }
}
