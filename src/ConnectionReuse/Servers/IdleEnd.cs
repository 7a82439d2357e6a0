namespace ConnectionReuse.Servers;

/// <summary>Ends a server that nobody uses: one that was forgotten must not stay open for ever.</summary>
/// <param name="limit">How long nobody may use it.</param>
/// <param name="time">Measures that.</param>
/// <param name="busy">Whether a client has the turn.</param>
/// <param name="traffic">What grows with every turn and request.</param>
internal sealed class IdleEnd(TimeSpan limit, TimeProvider time, Func<bool> busy, Func<long> traffic)
{
    /// <summary>How long nobody may use a server that others can reach.</summary>
    public static TimeSpan Usual { get; } = TimeSpan.FromHours(1);

    private readonly TimeSpan _betweenLooks = limit / 60;

    /// <summary>Returns when nobody has used it for the limit.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        var (since, seen) = (time.GetTimestamp(), traffic());
        while (busy() || time.GetElapsedTime(since) < limit)
        {
            await Task.Delay(_betweenLooks, time, cancellationToken);
            if (busy() || traffic() != seen)
            {
                (since, seen) = (time.GetTimestamp(), traffic());
            }
        }
    }
}
