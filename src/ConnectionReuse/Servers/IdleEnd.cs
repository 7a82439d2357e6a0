namespace ConnectionReuse.Servers;

/// <summary>Ends a server that nobody uses: one that was forgotten must not stay open for ever.</summary>
/// <param name="time">Measures the hour.</param>
/// <param name="busy">Whether a client has the turn.</param>
/// <param name="traffic">What grows with every turn and request.</param>
internal sealed class IdleEnd(TimeProvider time, Func<bool> busy, Func<long> traffic)
{
    /// <summary>How long nobody may use it.</summary>
    public static TimeSpan Limit { get; } = TimeSpan.FromHours(1);

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMinutes(1);

    /// <summary>Returns when nobody has used it for the limit.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        var (since, seen) = (time.GetTimestamp(), traffic());
        while (busy() || time.GetElapsedTime(since) < Limit)
        {
            await Task.Delay(BetweenLooks, time, cancellationToken);
            if (busy() || traffic() != seen)
            {
                (since, seen) = (time.GetTimestamp(), traffic());
            }
        }
    }
}
