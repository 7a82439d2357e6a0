namespace ConnectionReuse.Bench.Watch;

/// <summary>What was counted of a watched application.</summary>
internal sealed record WatchCounts
{
    /// <summary>Hosts, those with the most calls first.</summary>
    public IReadOnlyList<HostCounts> Hosts { get; init; } = [];

    /// <summary>TLS handshakes of clients.</summary>
    public IReadOnlyList<HandshakeCounts> Handshakes { get; init; } = [];

    /// <summary>Connections closed that were open before and carried no call since, so that no event names their host.</summary>
    public int ClosedUnused { get; init; }

    /// <summary>Requests whose headers were sent.</summary>
    public int Calls => Hosts.Sum(host => host.Calls);

    /// <summary>Requests that clients took.</summary>
    public int Requests => Hosts.Sum(host => host.Requests);

    /// <summary>Connections opened.</summary>
    public int Opened => Hosts.Sum(host => host.Versions.Sum(version => version.Opened));

    /// <summary>Connections closed.</summary>
    public int Closed => Hosts.Sum(host => host.Versions.Sum(version => version.Closed)) + ClosedUnused;
}
