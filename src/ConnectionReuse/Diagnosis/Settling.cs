namespace ConnectionReuse.Diagnosis;

/// <summary>The time that the other end gets to close a connection behind a response.</summary>
internal static class Settling
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(600);

    /// <summary>Waits until the connection has ended, or for three round trips of its and at least a tenth of a second.</summary>
    public static async Task WaitAsync(WatchedConnection? connection, CancellationToken cancellationToken)
    {
        if (connection is null)
        {
            return;
        }

        var roundTrip = TimeSpan.FromSeconds(connection.Tries.FirstOrDefault(address => address.IsChosen)?.Seconds ?? 0);
        var wait = TimeSpan.FromTicks(Math.Clamp(3 * roundTrip.Ticks, Shortest.Ticks, Longest.Ticks));
        for (var waited = TimeSpan.Zero; waited < wait; waited += Look)
        {
            connection.Probe();
            if (connection.End != ConnectionEnd.Open)
            {
                return;
            }

            await Task.Delay(Look, cancellationToken);
        }
    }
}
