namespace ConnectionReuse.Connections;

/// <summary>How a TLS handshake was done, as far as the bytes seen tell.</summary>
internal enum TlsHandshakeKind
{
    /// <summary>More bytes are needed.</summary>
    Undecided,

    /// <summary>With the certificate flight.</summary>
    Full,

    /// <summary>Continuing an earlier session.</summary>
    Resumed,

    /// <summary>The bytes are not the start of a handshake.</summary>
    NotTls,
}
