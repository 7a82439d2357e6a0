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
        for (var waited = TimeSpan.Zero; waited < wait && connection.End == ConnectionEnd.Open; waited += Look)
        {
            await Task.Delay(Look, cancellationToken);
            connection.Probe();
        }
    }

    /// <summary>Waits before a call, and watches the connection of the one before it: when it ends tells why.</summary>
    public static async Task WatchAsync(WatchedConnection? connection, TimeSpan pause, CancellationToken cancellationToken)
    {
        for (var left = pause; left > TimeSpan.Zero; left -= Look)
        {
            await Task.Delay(left < Look ? left : Look, cancellationToken);
            connection?.Probe();
        }
    }
}
