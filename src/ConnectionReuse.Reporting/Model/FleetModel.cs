namespace ConnectionReuse.Reporting.Model;

/// <summary>
/// What clients that open a connection for each call cost a fleet. What is held for a time is counted by Little's law (Operations
/// Research 9.3, 1961): arrivals a second times the seconds that each is held. All calls go to one address and port, and the
/// client's end closes first, as a disposed HttpClient does.
/// </summary>
internal static class FleetModel
{
    /// <summary>How long a closed connection keeps its port: TCP_TIMEWAIT_LEN of Linux, include/net/tcp.h; RFC 9293 3.4.2 asks for two maximum segment lifetimes. Azure's SNAT keeps a port as long after FIN.</summary>
    public const double TimeWaitSeconds = 60;

    /// <summary>How long a Linux router keeps a closed connection's entry: nf_conntrack_tcp_timeout_time_wait, Documentation/networking/nf_conntrack-sysctl.rst.</summary>
    public const double NatSeconds = 120;

    /// <summary>Ports that a Linux client has towards one destination for each of its addresses: net.ipv4.ip_local_port_range, 32768 to 60999 by default, Documentation/networking/ip-sysctl.rst.</summary>
    public const int PortsOfAnAddress = 60_999 - 32_768 + 1;

    /// <summary>Ports of a node behind Azure's load balancer with up to 50 nodes: the default port allocation, "Use SNAT for outbound connections".</summary>
    public const int PortsOfANode = 1_024;

    // A hair less than a whole number of doubles' making is that number.
    private const double Rounding = 1e-9;

    /// <summary>The cost at a rate of calls.</summary>
    /// <param name="call">What one call needs.</param>
    /// <param name="callsPerSecond">The fleet's calls.</param>
    /// <param name="rttSeconds">The round trip between clients and server; null where nobody gave one: what follows from it stays unknown, and a connection's life is its call's time without a network.</param>
    /// <param name="onOneCore">Whether both ends were measured on one core, so that a call's time is the sum of their CPU.</param>
    public static FleetCost Of(FleetCall call, double callsPerSecond, double? rttSeconds, bool onOneCore)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(callsPerSecond);
        var connections = callsPerSecond * call.Connections;
        var life = ((1 + call.ExtraRoundTrips) * (rttSeconds ?? 0)) + call.Seconds;
        var ports = Held(connections, life + TimeWaitSeconds);
        return new FleetCost
        {
            ConnectionsPerSecond = connections,
            FullHandshakesPerSecond = callsPerSecond * call.FullHandshakes,
            ResumedHandshakesPerSecond = callsPerSecond * call.ResumedHandshakes,
            ClientCores = Cores(call.ClientCpuSeconds),
            ServerCores = Cores(call.ServerCpuSeconds),
            Cores = onOneCore && call.ServerCpuSeconds is null ? Cores(call.Seconds - call.ReferenceSeconds) : null,
            Waiting = callsPerSecond * call.Connections * call.ExtraRoundTrips * rttSeconds,
            TimeWait = Held(connections, TimeWaitSeconds),
            Ports = ports,
            Addresses = Shares(ports, PortsOfAnAddress),
            SnatNodes = Shares(ports, PortsOfANode),
            NatEntries = Held(connections, life + NatSeconds),
            ReusedConnections = Math.Max(1, Held(callsPerSecond, (rttSeconds ?? 0) + call.ReferenceSeconds)),
            MostPerAddress = MostPerSecond(PortsOfAnAddress, life) / call.Connections,
        };

        double? Cores(double? secondsOfACall) => secondsOfACall is { } seconds ? callsPerSecond * Math.Max(0, seconds) : null;
    }

    /// <summary>Connections a second that so many ports stand for ever; at more of them one fails once the first ports are due back.</summary>
    /// <param name="ports">Ports towards one destination.</param>
    /// <param name="lifeSeconds">How long a connection is open.</param>
    public static double MostPerSecond(int ports, double lifeSeconds) => ports / (lifeSeconds + TimeWaitSeconds);

    /// <summary>The most that are held at once where so many come a second, evenly, and each is held for so long.</summary>
    public static long Held(double perSecond, double seconds) => (long)Math.Ceiling((perSecond * seconds) - Rounding);

    /// <summary>How many of a size hold so many.</summary>
    public static long Shares(long held, int size) => (held + size - 1) / size;
}

/// <summary>What a client that opens connections costs a fleet at a rate of calls.</summary>
internal sealed record FleetCost
{
    /// <summary>Connections opened a second.</summary>
    public required double ConnectionsPerSecond { get; init; }

    /// <summary>Full TLS handshakes a second; null without TLS.</summary>
    public double? FullHandshakesPerSecond { get; init; }

    /// <summary>Resumed TLS handshakes a second; null without TLS.</summary>
    public double? ResumedHandshakesPerSecond { get; init; }

    /// <summary>Cores that opening and closing connections keeps busy at the clients; null where nobody counted their CPU time.</summary>
    public double? ClientCores { get; init; }

    /// <summary>Cores that it keeps busy at the servers; null where nobody counted their CPU time.</summary>
    public double? ServerCores { get; init; }

    /// <summary>Cores that it keeps busy at both ends together, where nobody counted CPU time and the time of a call on one core tells; else null.</summary>
    public double? Cores { get; init; }

    /// <summary>Calls under way only because a connection is being opened; null without a round trip.</summary>
    public double? Waiting { get; init; }

    /// <summary>Sockets in TIME_WAIT.</summary>
    public required long TimeWait { get; init; }

    /// <summary>Ports in use, those in TIME_WAIT among them.</summary>
    public required long Ports { get; init; }

    /// <summary>Client addresses that have so many ports.</summary>
    public required long Addresses { get; init; }

    /// <summary>Nodes whose share of an address's SNAT ports holds so many.</summary>
    public required long SnatNodes { get; init; }

    /// <summary>Entries in the connection tracking of a router that all pass.</summary>
    public required long NatEntries { get; init; }

    /// <summary>Connections that clients which keep theirs need for the same calls over HTTP/1.1.</summary>
    public required long ReusedConnections { get; init; }

    /// <summary>Calls a second above which one client address runs out of ports.</summary>
    public required double MostPerAddress { get; init; }
}
