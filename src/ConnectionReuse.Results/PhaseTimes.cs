namespace ConnectionReuse.Results;

/// <summary>
/// Where the time of a client pattern's calls went: seconds per call, the means of its middle block. Means add up to the
/// total, which medians do not; the middle block keeps one long pause out of them.
/// </summary>
public sealed record PhaseTimes
{
    /// <summary>Phases and client may miss the measured time by so much, as a share of it.</summary>
    public const double Tolerance = 0.02;

    /// <summary>Blocks of calls that were listened to.</summary>
    public required int Blocks { get; init; }

    /// <summary>Calls of the middle block.</summary>
    public required int Calls { get; init; }

    /// <summary>Asking for the name's addresses.</summary>
    public required double DnsSeconds { get; init; }

    /// <summary>Opening TCP connections.</summary>
    public required double ConnectSeconds { get; init; }

    /// <summary>TLS handshakes.</summary>
    public required double TlsSeconds { get; init; }

    /// <summary>Waiting for the response's headers.</summary>
    public required double FirstByteSeconds { get; init; }

    /// <summary>Reading the body.</summary>
    public required double BodySeconds { get; init; }

    /// <summary>What lies between the phases, before and after them.</summary>
    public required double ClientSeconds { get; init; }

    /// <summary>What a call took by the block's own clock.</summary>
    public required double MeasuredSeconds { get; init; }

    /// <summary>By how much the phases and the client miss the measured time, as a share of it, in the worst of all blocks.</summary>
    public required double Disagreement { get; init; }

    /// <summary>An emulated link's round trip, moved to the connect phase of each new connection from where it was waited;
    /// null where nothing was moved.</summary>
    public double? EmulatedConnectSeconds { get; init; }

    /// <summary>The phases and the client together.</summary>
    public double TotalSeconds() => DnsSeconds + ConnectSeconds + TlsSeconds + FirstByteSeconds + BodySeconds + ClientSeconds;
}
