namespace ConnectionReuse.Bench.Watch;

/// <summary>What was counted of one host's connections of one HTTP version.</summary>
internal sealed class VersionTally
{
    private int _waits;
    private double _waitedMilliseconds;
    private double _longestMilliseconds;

    /// <summary>Requests whose headers were sent.</summary>
    public int Calls { get; set; }

    /// <summary>Connections opened.</summary>
    public int Opened { get; set; }

    /// <summary>Connections closed, of those that were opened or carried a call while watched.</summary>
    public int Closed { get; set; }

    /// <summary>Connections that were open before and carried a call.</summary>
    public int OpenBefore { get; set; }

    /// <summary>A call waited for its connection.</summary>
    public void Waited(double milliseconds)
    {
        _waits++;
        _waitedMilliseconds += milliseconds;
        _longestMilliseconds = Math.Max(_longestMilliseconds, milliseconds);
    }

    /// <summary>The counts so far.</summary>
    /// <param name="version">The HTTP version.</param>
    /// <param name="open">Connections that are open now.</param>
    public VersionCounts Counts(string version, int open) => new()
    {
        Version = version,
        Calls = Calls,
        Opened = Opened,
        Closed = Closed,
        Open = open,
        OpenBefore = OpenBefore,
        Waits = _waits,
        MeanWaitMilliseconds = _waits == 0 ? null : _waitedMilliseconds / _waits,
        LongestWaitMilliseconds = _waits == 0 ? null : _longestMilliseconds,
    };
}
