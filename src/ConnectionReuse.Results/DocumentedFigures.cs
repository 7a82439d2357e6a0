namespace ConnectionReuse.Results;

/// <summary>
/// The published timeit session that everything here mirrors: Python's requests against https://www.wikipedia.org, one run of
/// 100 calls each way.
/// </summary>
public static class DocumentedFigures
{
    /// <summary>Calls of each way, and of an iteration unless asked otherwise.</summary>
    public const int Calls = 100;

    /// <summary>100 x <c>requests.get(url)</c>.</summary>
    public const double FreshSeconds = 52.74904417991638;

    /// <summary>100 x <c>session.get(url)</c>.</summary>
    public const double SessionSeconds = 15.770191192626953;

    /// <summary>
    /// The round trip that fits both totals with full TLS 1.2 handshakes: 4 RTT + S = 527.5 ms a fresh call, and
    /// 100 (RTT + S) + 3 RTT = 15.77 s for the session, whose connect takes three.
    /// </summary>
    public const double RoundTripMilliseconds = 124.5;

    /// <summary>The time S that the server of that solution thinks about each request.</summary>
    public const double ServerMilliseconds = 29.5;

    /// <summary>Round trips of the session's connect: TCP 1, full TLS 1.2 2.</summary>
    public const int ConnectRoundTrips = 3;
}
