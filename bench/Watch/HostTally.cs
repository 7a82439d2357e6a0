namespace ConnectionReuse.Bench.Watch;

/// <summary>What was counted of one host.</summary>
/// <param name="origin">The host.</param>
internal sealed class HostTally(Origin origin)
{
    private readonly Dictionary<string, VersionTally> _versions = [];
    private readonly int[] _ends = new int[Enum.GetValues<ConnectionEnd>().Length];
    private int _underWay;
    private TimeSpan _idle;
    private int _idleEnds;

    /// <summary>The host.</summary>
    public Origin Origin => origin;

    /// <summary>Connections that are open and were seen to be.</summary>
    public HashSet<WatchedConnection> Open { get; } = [];

    /// <summary>Requests that clients took, for this host at first.</summary>
    public int Requests { get; set; }

    /// <summary>Calls that failed or were cancelled.</summary>
    public int Failed { get; set; }

    /// <summary>Calls that were redirected to it.</summary>
    public int RedirectedTo { get; set; }

    /// <summary>The most calls under way at once.</summary>
    public int Peak { get; private set; }

    /// <summary>Connections opened while another one stood idle.</summary>
    public int OpenedBesideIdle { get; set; }

    /// <summary>Connections opened while another one carried no call any more, or a response that was still being read.</summary>
    public int OpenedBesideStreamed { get; set; }

    /// <summary>The counts of an HTTP version.</summary>
    public VersionTally Version(string version)
    {
        if (!_versions.TryGetValue(version, out var tally))
        {
            _versions.Add(version, tally = new VersionTally());
        }

        return tally;
    }

    /// <summary>A call begins, or is redirected here.</summary>
    public void Begin() => Peak = Math.Max(Peak, ++_underWay);

    /// <summary>A call is over, or is redirected elsewhere.</summary>
    public void Finish() => _underWay--;

    /// <summary>Counts how a connection ended.</summary>
    /// <param name="end">How.</param>
    /// <param name="idle">How long it had carried no call; null where that says nothing.</param>
    public void Ended(ConnectionEnd end, TimeSpan? idle = null)
    {
        _ends[(int)end]++;
        if (idle is { } time)
        {
            _idle += time;
            _idleEnds++;
        }
    }

    /// <summary>The counts so far.</summary>
    public HostCounts Counts() => new()
    {
        Host = origin.ToString(),
        Requests = Requests,
        Failed = Failed,
        RedirectedTo = RedirectedTo,
        MostAtOnce = Peak,
        OpenedBesideIdle = OpenedBesideIdle,
        OpenedBesideStreamed = OpenedBesideStreamed,
        Ends = new EndCounts(
            Of(ConnectionEnd.WithResponse), Of(ConnectionEnd.WithFailure), Of(ConnectionEnd.FoundUnusable), Of(ConnectionEnd.AfterCall),
            Of(ConnectionEnd.WhenIdle), Of(ConnectionEnd.AfterStreaming), Of(ConnectionEnd.Unknown)),
        MeanIdleSeconds = _idleEnds == 0 ? null : _idle.TotalSeconds / _idleEnds,
        Versions = [.. _versions.OrderBy(version => version.Key, StringComparer.Ordinal).Select(version => version.Value.Counts(version.Key, Open.Count(connection => connection.Version == version.Key)))],
    };

    private int Of(ConnectionEnd end) => _ends[(int)end];
}
