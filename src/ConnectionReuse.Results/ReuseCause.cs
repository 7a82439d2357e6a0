namespace ConnectionReuse.Results;

/// <summary>Who ends a connection that could have carried the next call, and why.</summary>
public enum ReuseCause
{
    /// <summary>Nobody: one connection carried all calls.</summary>
    None,

    /// <summary>The server answered with <c>Connection: close</c>.</summary>
    ServerSaysClose,

    /// <summary>The server closed after a response (FIN) without having said so.</summary>
    ServerClosesUnannounced,

    /// <summary>The server reset the connection (RST) after a response.</summary>
    ServerResets,

    /// <summary>The server announced <c>Keep-Alive: timeout=</c> so short that .NET, which keeps one second clear of it, does not keep the connection.</summary>
    KeepAliveTooShort,

    /// <summary>The server announced <c>Keep-Alive: max=</c> and closed when it was reached.</summary>
    KeepAliveMax,

    /// <summary>The server closes after so many requests, which it did not announce.</summary>
    RequestCap,

    /// <summary>The connection was idle for longer than an end keeps it.</summary>
    IdleLimit,

    /// <summary>HTTP/1.0 without <c>Connection: keep-alive</c>.</summary>
    Http10,

    /// <summary>A response whose body ends with the connection: neither <c>Content-Length</c> nor chunks.</summary>
    NoLength,

    /// <summary>HTTP/2 or HTTP/3: the server sent GOAWAY after so many streams.</summary>
    GoAway,

    /// <summary>The client asks for <c>Connection: close</c>.</summary>
    ClientSaysClose,

    /// <summary>The client makes a new handler, and so a new pool, for each call.</summary>
    ClientPerCall,

    /// <summary>The client's <c>PooledConnectionLifetime</c> was over.</summary>
    ClientLifetime,

    /// <summary>The client's <c>PooledConnectionIdleTimeout</c> was over.</summary>
    ClientIdleTimeout,

    /// <summary>The client left a response unread that is longer than it drains.</summary>
    ClientDrain,

    /// <summary>The HTTP version that the client insists on is not what the connection speaks.</summary>
    ClientVersionPolicy,

    /// <summary>The client cancelled calls, and a cancelled HTTP/1.1 call ends its connection.</summary>
    ClientCancels,

    /// <summary>A proxy in between ends the connection.</summary>
    Proxy,

    /// <summary>Credentials that belong to a connection: NTLM or Negotiate.</summary>
    ConnectionCredentials,

    /// <summary>A client certificate is asked for, or another one is sent, for each request.</summary>
    ClientCertificate,

    /// <summary>The server asks for a client certificate and ends the connection where none is sent.</summary>
    CertificateDemanded,

    /// <summary>The name has several addresses, and calls go to more than one of them.</summary>
    SeveralAddresses,

    /// <summary>It cannot be told from what was seen.</summary>
    Unknown,
}
