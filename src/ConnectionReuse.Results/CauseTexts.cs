namespace ConnectionReuse.Results;

/// <summary>Every cause with its words: the one table that verdicts, remedies and the README are made of.</summary>
public static class CauseTexts
{
    /// <summary>All of them, in the order of <see cref="ReuseCause"/>.</summary>
    public static IReadOnlyList<CauseText> All { get; } =
    [
        new(ReuseCause.None, "one connection carried all {n} calls", null),
        new(ReuseCause.ServerSaysClose,
            "the server closes after each response (Connection: close)",
            "switch keep-alive on at the server or the proxy before it; a client cannot"),
        new(ReuseCause.ServerClosesUnannounced,
            "the server closes after each response without having said so (FIN)",
            "switch keep-alive on at the server or whatever stands before it, which should announce what it closes (Connection: close): a call may run into a connection that is being closed"),
        new(ReuseCause.ServerResets,
            "the server resets the connection after each response (RST)",
            "look at the server's log for an error, and for a load balancer or firewall that cuts connections; a client cannot keep what is reset"),
        new(ReuseCause.KeepAliveTooShort,
            "the server announces Keep-Alive: timeout={n}; .NET keeps one second clear of what is announced, so it keeps no such connection",
            "announce at least 2 seconds, or nothing: with nginx it is the second value of keepalive_timeout"),
        new(ReuseCause.KeepAliveMax,
            "the server closes after {n} requests, as it announced (Keep-Alive: max={max})",
            "raise the cap at the server (Apache MaxKeepAliveRequests)"),
        new(ReuseCause.RequestCap,
            "the server closes after {n} requests{seen}",
            "raise the cap at the server (nginx keepalive_requests, Apache MaxKeepAliveRequests)"),
        new(ReuseCause.IdleLimit,
            "the server closes a connection that is idle for {time}",
            "raise the server's keep-alive time-out above the gap between calls, and keep PooledConnectionIdleTimeout below it"),
        new(ReuseCause.Http10,
            "the server answers in HTTP/1.0 and does not keep the connection",
            "ask for HTTP/1.1, or at a proxy for it: nginx before 1.29.7 speaks 1.0 to its upstreams unless the upstream has keepalive, proxy_http_version says 1.1 and proxy_set_header empties Connection"),
        new(ReuseCause.NoLength,
            "the body of each response ends with its connection: it has neither Content-Length nor chunks",
            "have the server send Content-Length or Transfer-Encoding: chunked"),
        new(ReuseCause.GoAway,
            "the server sends GOAWAY after {n} streams",
            "raise the cap at the server (nginx keepalive_requests, Envoy max_requests_per_connection)"),
        new(ReuseCause.ClientSaysClose,
            "the client asks for it (Connection: close in the request)",
            "remove ConnectionClose (or the header Connection: close) from the requests"),
        new(ReuseCause.ClientPerCall,
            "the client makes a new handler, and so a new pool, for each call",
            "keep one HttpClient for all calls, static or from IHttpClientFactory"),
        new(ReuseCause.ClientLifetime,
            "the client retires connections after {time} (PooledConnectionLifetime)",
            "set PooledConnectionLifetime to minutes: it bounds the age of a DNS answer and must be longer than the gap between calls"),
        new(ReuseCause.ClientIdleTimeout,
            "the client closes connections that are idle for {time} (PooledConnectionIdleTimeout)",
            "raise PooledConnectionIdleTimeout (1 minute by default) above the gap between calls"),
        new(ReuseCause.ClientDrain,
            "the client does not read its responses: {what}",
            "read every body to its end and dispose every response, ask for HEAD or a Range, or raise MaxResponseDrainSize above the bodies that are skipped"),
        new(ReuseCause.ClientVersionPolicy,
            "the client asks for {version}, and a connection that is kept speaks one version, 1.1 or newer",
            "ask for one version in all requests, HTTP/1.1 or newer"),
        new(ReuseCause.ClientCancels,
            "the client cancels calls, and a cancelled HTTP/1.1 call ends its connection",
            "give calls the time that they need, or ask for HTTP/2, where a cancelled call ends its stream only"),
        new(ReuseCause.Proxy,
            "the proxy in between ({proxy}) ends the connection: {how}",
            "switch keep-alive on at the proxy; neither the client nor the server behind it can"),
        new(ReuseCause.ConnectionCredentials,
            "the credentials belong to a connection ({scheme}), which is not kept",
            "keep the connection that was authenticated (with IIS, set authPersistSingleRequest to false), or use credentials that a request carries, such as a token"),
        new(ReuseCause.ClientCertificate,
            "the client makes a new handler for each call, to send a client certificate",
            "keep one handler for each certificate: its pool reuses what was authenticated"),
        new(ReuseCause.CertificateDemanded,
            "the server asks for a client certificate, and ends the connection where none is sent",
            "send one: --cert FILE does so here, SslOptions.ClientCertificateContext of one SocketsHttpHandler that is kept in a program"),
        new(ReuseCause.SeveralAddresses,
            "each connection is closed after its call and the next one goes to another address ({addresses})",
            "switch keep-alive on at the load balancer: one that spreads connections, not calls, keeps them"),
        new(ReuseCause.Unknown, "it cannot be told why: {seen}", null),
    ];

    /// <summary>The words for a cause.</summary>
    public static CauseText Of(ReuseCause cause) => All.First(text => text.Cause == cause);

    /// <summary>What to do about a cause.</summary>
    /// <exception cref="ArgumentException">There is nothing to do.</exception>
    public static string RemedyOf(ReuseCause cause) => Of(cause).Remedy ?? throw new ArgumentException($"{cause} has no remedy", nameof(cause));
}
