namespace ConnectionReuse.Tests.Connections;

/// <summary>A clock that jumps to the end of every wait.</summary>
internal sealed class SkippingTime : TimeProvider
{
    private TimeSpan _elapsed;

    public TimeSpan Elapsed => _elapsed;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _elapsed.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        _elapsed += dueTime;
        return System.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
