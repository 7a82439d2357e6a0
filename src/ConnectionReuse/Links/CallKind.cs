namespace ConnectionReuse.Links;

/// <summary>What a call has to open before it can ask.</summary>
internal enum CallKind
{
    /// <summary>Nothing: the connection is there.</summary>
    Shared,

    /// <summary>A TCP connection.</summary>
    Tcp,

    /// <summary>A TCP connection and a TLS 1.3 handshake, full or resumed.</summary>
    Tls13,

    /// <summary>A TCP connection and a resumed TLS 1.2 handshake.</summary>
    Tls12Resumed,

    /// <summary>A TCP connection and a full TLS 1.2 handshake.</summary>
    Tls12Full,
}
