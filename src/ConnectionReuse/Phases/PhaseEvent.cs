namespace ConnectionReuse.Phases;

/// <summary>Something that begins or ends in a call.</summary>
/// <param name="Edge">What it was.</param>
/// <param name="Timestamp">When it was, on the clock of <see cref="TimeProvider.GetTimestamp"/>.</param>
internal readonly record struct PhaseEvent(PhaseEdge Edge, long Timestamp);

/// <summary>The edges of a call's phases.</summary>
internal enum PhaseEdge
{
    /// <summary>The caller is about to call.</summary>
    CallStart,

    /// <summary>The caller has its answer, and disposed what it needed for it.</summary>
    CallStop,

    /// <summary>HttpClient took the request.</summary>
    RequestStart,

    /// <summary>HttpClient is about to return the response.</summary>
    RequestStop,

    /// <summary>A name is asked for.</summary>
    DnsStart,

    /// <summary>The name's addresses are known, or that there are none.</summary>
    DnsStop,

    /// <summary>A socket connects to one address.</summary>
    ConnectStart,

    /// <summary>The socket is connected, or was refused.</summary>
    ConnectStop,

    /// <summary>A client's TLS handshake begins.</summary>
    TlsStart,

    /// <summary>The TLS handshake is over.</summary>
    TlsStop,

    /// <summary>A connection is ready to carry requests.</summary>
    ConnectionEstablished,

    /// <summary>The request's headers are written and about to be sent.</summary>
    FirstByteStart,

    /// <summary>The response's headers are read.</summary>
    FirstByteStop,

    /// <summary>The response's body is about to be read.</summary>
    BodyStart,

    /// <summary>The response's body is read.</summary>
    BodyStop,
}
