namespace ConnectionReuse.Reporting.Model;

/// <summary>Round trips that a fresh connection costs before its first request can leave.</summary>
internal static class RoundTrips
{
    private const int Tcp = 1; // RFC 9293 3.5
    private const int Quic = 1; // RFC 9001 4: transport and TLS 1.3 in one

    /// <summary>
    /// k: the extra round trips of a fresh call. TCP 1; over it TLS 1.3 one more, full or resumed (RFC 8446 2), TLS 1.2 and
    /// before two more, or one when resumed (RFC 5246 7.3). HTTP/2 pays what its TLS pays, HTTP/3 the one of QUIC.
    /// </summary>
    /// <param name="tlsProtocol">Such as <c>1.3</c>; null without TLS.</param>
    /// <param name="resumed">Whether the handshake continues an earlier session.</param>
    /// <param name="httpVersion">Such as <c>1.1</c>; null where unknown, which is over TCP.</param>
    /// <exception cref="ArgumentOutOfRangeException">The TLS protocol is not a known one.</exception>
    public static int Extra(string? tlsProtocol, bool resumed, string? httpVersion) => httpVersion is "3" or "3.0"
        ? Quic
        : Tcp + tlsProtocol switch
        {
            null => 0,
            "1.3" => 1,
            "1.2" or "1.1" or "1.0" => resumed ? 1 : 2,
            _ => throw new ArgumentOutOfRangeException(nameof(tlsProtocol), tlsProtocol, "not a TLS version"),
        };
}
