namespace ConnectionReuse.Bench.Watch;

/// <summary>What was counted of one host.</summary>
internal sealed record HostCounts
{
    /// <summary>Scheme, host and port.</summary>
    public required string Host { get; init; }

    /// <summary>Requests that clients took, for this host at first.</summary>
    public required int Requests { get; init; }

    /// <summary>Calls that failed or were cancelled.</summary>
    public int Failed { get; init; }

    /// <summary>Calls that were redirected to it.</summary>
    public int RedirectedTo { get; init; }

    /// <summary>The most calls under way at once.</summary>
    public int MostAtOnce { get; init; }

    /// <summary>Connections opened while another one stood idle: its pool is another one's.</summary>
    public int OpenedBesideIdle { get; init; }

    /// <summary>Connections opened beside one whose last response was streamed: idle, or not yet read to its end.</summary>
    public int OpenedBesideStreamed { get; init; }

    /// <summary>How connections ended.</summary>
    public EndCounts Ends { get; init; } = EndCounts.None;

    /// <summary>How long a connection that was closed for its idleness, or found closed, had carried no call; null where none was.</summary>
    public double? MeanIdleSeconds { get; init; }

    /// <summary>Connections by HTTP version.</summary>
    public IReadOnlyList<VersionCounts> Versions { get; init; } = [];

    /// <summary>Requests whose headers were sent, each hop of a redirect and each retry for itself.</summary>
    public int Calls => Versions.Sum(version => version.Calls);

    /// <summary>Connections that were opened, and those from before that carried a call.</summary>
    public int Connections => Versions.Sum(version => version.Connections);

    /// <summary>What follows from the counts; null where nothing does.</summary>
    public HostVerdict? Verdict { get; init; }
}

/// <summary>How the connections of a host ended; see <see cref="ConnectionEnd"/>.</summary>
/// <param name="WithResponse">Within their answered call.</param>
/// <param name="WithFailure">With a failed call.</param>
/// <param name="FoundUnusable">Within a later call that wanted them.</param>
/// <param name="AfterCall">Right after their call, outside of any.</param>
/// <param name="WhenIdle">After a while without a call.</param>
/// <param name="AfterStreaming">Right after a call whose content was streamed.</param>
/// <param name="Unknown">Without a call while watched.</param>
internal sealed record EndCounts(int WithResponse, int WithFailure, int FoundUnusable, int AfterCall, int WhenIdle, int AfterStreaming, int Unknown)
{
    /// <summary>No connection ended.</summary>
    public static EndCounts None { get; } = new(0, 0, 0, 0, 0, 0, 0);
}

/// <summary>A host's connections of one HTTP version.</summary>
internal sealed record VersionCounts
{
    /// <summary>The HTTP version; <c>?</c> of connections that were open before.</summary>
    public required string Version { get; init; }

    /// <summary>Requests whose headers were sent.</summary>
    public int Calls { get; init; }

    /// <summary>Connections opened.</summary>
    public int Opened { get; init; }

    /// <summary>Connections closed.</summary>
    public int Closed { get; init; }

    /// <summary>Connections open now.</summary>
    public int Open { get; init; }

    /// <summary>Connections that were open before watching began and carried a call since.</summary>
    public int OpenBefore { get; init; }

    /// <summary>Calls that waited for a connection.</summary>
    public int Waits { get; init; }

    /// <summary>How long they waited, on average; null where none did.</summary>
    public double? MeanWaitMilliseconds { get; init; }

    /// <summary>How long the longest of them waited; null where none did.</summary>
    public double? LongestWaitMilliseconds { get; init; }

    /// <summary>Connections opened or already open.</summary>
    public int Connections => Opened + OpenBefore;

    /// <summary>Calls for each connection; null without one.</summary>
    public double? CallsPerConnection => Connections == 0 ? null : (double)Calls / Connections;
}
