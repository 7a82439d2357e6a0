using System.Net;
using ConnectionReuse.Results;
using ConnectionReuse.Targets;

namespace ConnectionReuse.Clients.Losing;

/// <summary>A proxy that is chosen for each call: it belongs to the handler, so each call gets a handler and a pool.</summary>
internal sealed class ProxyPerCall : LosingPattern
{
    /// <inheritdoc/>
    public override string Id => "proxy-per-call";

    /// <inheritdoc/>
    public override string Statement => "new HttpClient(new SocketsHttpHandler { Proxy = proxy }).GetAsync(url)";

    /// <inheritdoc/>
    public override string Advice => "keep one handler for each proxy, or one handler whose IWebProxy chooses: pools are kept by proxy and host";

    // Through plain HTTP a proxy is asked for the whole URL, which the control answers itself; for https it would have to tunnel.
    /// <inheritdoc/>
    public override IReadOnlyList<string> Targets => [TargetIds.KestrelHttp];

    /// <inheritdoc/>
    public override string NotElsewhere(Version? httpVersion) => "it takes its target for a proxy, which only the local control puts up with";

    /// <inheritdoc/>
    public override ICaller Open(Target target)
    {
        var clients = new HttpClientFactory(target);
        return new Caller(CallAsync);

        async Task<Version> CallAsync(CancellationToken cancellationToken)
        {
            var handler = clients.Handler();
            handler.Proxy = new WebProxy(target.Uri);
            handler.UseProxy = true;
            using var client = clients.Create(handler, disposeHandler: true);
            return await Exchange.GetAsync(client, target, cancellationToken);
        }
    }
}

/// <summary>One long-lived client whose own handler makes a handler for each call: the pool is below, not in the client.</summary>
internal sealed class HandlerPerCall : LosingPattern
{
    /// <inheritdoc/>
    public override string Id => "handler-per-call";

    /// <inheritdoc/>
    public override string Statement => "client.GetAsync(url) // its handler makes a SocketsHttpHandler for each request";

    /// <inheritdoc/>
    public override string Advice => "make the innermost handler once: the pool belongs to it, and a client kept alive above it keeps nothing";

    /// <inheritdoc/>
    public override ICaller Open(Target target)
    {
        var clients = new HttpClientFactory(target);
        var client = clients.Create(new FreshInside(clients), disposeHandler: true);
        return new Caller(cancellationToken => Exchange.GetAsync(client, target, cancellationToken), client);
    }

    private sealed class FreshInside(HttpClientFactory clients) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            using var invoker = new HttpMessageInvoker(clients.Handler());
            var response = await invoker.SendAsync(request, cancellationToken);
            await response.Content.LoadIntoBufferAsync(cancellationToken); // before the handler closes its connection
            return response;
        }
    }
}
