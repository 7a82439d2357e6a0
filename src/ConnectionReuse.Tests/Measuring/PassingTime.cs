namespace ConnectionReuse.Tests.Measuring;

/// <summary>A clock that is a second later each time that somebody looks at it: every time that is waited for is over soon.</summary>
internal sealed class PassingTime : TimeProvider
{
    private long _seconds;

    public override long TimestampFrequency => 1;

    public override long GetTimestamp() => _seconds++;
}
