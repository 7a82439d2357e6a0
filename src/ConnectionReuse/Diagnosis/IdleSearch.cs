namespace ConnectionReuse.Diagnosis;

/// <summary>Finds out when the other end closes a connection that is idle, by leaving one alone and watching it: one call before, one behind.</summary>
internal static class IdleSearch
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    /// <summary>Whether there is a connection to leave alone: the last call's is kept.</summary>
    public static bool IsPossible(IReadOnlyList<ObservedCall> calls) => calls is [.., { Answer: not null, Connection: { End: ConnectionEnd.Open } }];

    /// <summary>Watches.</summary>
    /// <param name="watched">The calls; a call is made first, so that the connection is fresh in its idleness.</param>
    /// <param name="most">How long at most.</param>
    /// <param name="time">Gives the timestamps.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What was found; null where the call before failed.</returns>
    public static async Task<IdleFacts?> RunAsync(WatchedCalls watched, TimeSpan most, TimeProvider time, CancellationToken cancellationToken)
    {
        var before = await watched.CallAsync(cancellationToken);
        if (before is not { Answer: not null, Connection: { } connection })
        {
            return null;
        }

        var start = time.GetTimestamp();
        while (time.GetElapsedTime(start) < most)
        {
            connection.Probe();
            if (connection.End is ConnectionEnd.ServerCloses or ConnectionEnd.ServerResets)
            {
                return new IdleFacts(time.GetElapsedTime(start).TotalSeconds, connection.IdleAtEnd.TotalSeconds, null);
            }

            await Task.Delay(Look, cancellationToken);
        }

        var waited = time.GetElapsedTime(start).TotalSeconds;
        var after = await watched.CallAsync(cancellationToken);
        return new IdleFacts(waited, null, after.Answer is null ? null : after.Connection == connection);
    }
}
