using System.Net.Security;
using System.Security.Authentication;
using ConnectionReuse.Targets;

namespace ConnectionReuse.Clients;

/// <summary>
/// The one place where an <see cref="HttpClient"/> of the comparison is made. What would change the measurement is off
/// in every client alike, unless the user asks for it: proxies, cookies, redirects. Certificates are always validated.
/// </summary>
/// <param name="target">Whom the clients talk to.</param>
public sealed class HttpClientFactory(Target target)
{
    // Far longer than any run: a pooled connection must not age out between iterations.
    private static readonly TimeSpan PooledConnectionLifetime = TimeSpan.FromHours(24);

    /// <summary>Whom the clients talk to.</summary>
    public Target Target => target;

    /// <summary>False makes every TLS handshake a full one.</summary>
    public bool AllowTlsResume { get; init; } = true;

    /// <summary>A new client over a new handler; disposing it closes its connections.</summary>
    public HttpClient Create() => Create(Handler(), disposeHandler: true);

    /// <summary>A new handler, as every client has one, without what makes requests the user's own.</summary>
    public SocketsHttpHandler Handler()
    {
        var handler = PlainHandler();
        if (target.Request is { } own)
        {
            handler.UseProxy = own.Proxy is not null;
            handler.Proxy = own.Proxy?.ToWebProxy();
            handler.SslOptions.ClientCertificateContext = own.Certificate?.Context;
            handler.ConnectCallback = own.Resolve.Count > 0 ? new ChosenAddresses(own).ConnectAsync : null;
        }

        target.HandlerMade?.Invoke(handler);
        return handler;
    }

    /// <summary>A new handler for a library that makes clients itself.</summary>
    public HttpMessageHandler Sender() => Dressed(Handler());

    /// <summary>A new client over a given handler.</summary>
    /// <param name="handler">What sends its requests.</param>
    /// <param name="disposeHandler">Whether disposing the client closes the handler's connections.</param>
    public HttpClient Create(HttpMessageHandler handler, bool disposeHandler) =>
        Prepare(new HttpClient(Dressed(handler), disposeHandler));

    /// <summary>Gives a client that something else made the settings of all others.</summary>
    public HttpClient Prepare(HttpClient client)
    {
        ArgumentNullException.ThrowIfNull(client);
        client.Timeout = target.Timeout;

        if (target.UserAgent is not null)
        {
            client.DefaultRequestHeaders.UserAgent.ParseAdd(target.UserAgent);
        }

        if (target.HttpVersion is not null)
        {
            client.DefaultRequestVersion = target.HttpVersion;
            client.DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        }

        if (target.AskToClose)
        {
            client.DefaultRequestHeaders.ConnectionClose = true;
        }

        target.ClientCreated?.Invoke();
        return client;
    }

    private HttpMessageHandler Dressed(HttpMessageHandler handler) => target.Request is { } own ? new DressedHandler(handler, target, own) : handler;

    private SocketsHttpHandler PlainHandler() => new()
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        PooledConnectionLifetime = PooledConnectionLifetime,
        PooledConnectionIdleTimeout = PooledConnectionLifetime,
        EnableMultipleHttp2Connections = target.MultipleHttp2Connections,
        SslOptions = new SslClientAuthenticationOptions
        {
            AllowTlsResume = AllowTlsResume,
            EnabledSslProtocols = target.TlsVersion ?? SslProtocols.None,
            CertificateChainPolicy = target.Trust?.ChainPolicy(),
        },
    };
}
