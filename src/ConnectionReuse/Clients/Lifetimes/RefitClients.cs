using System.Runtime.ExceptionServices;
using ConnectionReuse.Targets;
using Refit;

namespace ConnectionReuse.Clients.Lifetimes;

/// <summary>A Refit interface over a new HttpClient for each request.</summary>
internal sealed class RefitFreshClient : LifetimePattern
{
    /// <inheritdoc/>
    public override string Id => "refit-fresh";

    /// <inheritdoc/>
    public override string Statement => "RestService.For<IApi>(new HttpClient()).GetAsync()";

    /// <inheritdoc/>
    public override bool Reuses => false;

    /// <inheritdoc/>
    public override string Reference => "refit-shared";

    /// <inheritdoc/>
    public override string Advice => "make the interface once over one HttpClient, or register it with AddRefitClient";

    /// <inheritdoc/>
    public override string? NotElsewhere(Version? httpVersion) => KeepsToHttp11(httpVersion);

    /// <inheritdoc/>
    public override ICaller Open(Target target)
    {
        var clients = new HttpClientFactory(target);
        return new Caller(CallAsync);

        async Task<Version> CallAsync(CancellationToken cancellationToken)
        {
            using var client = RefitExchange.Client(clients);
            return await RefitExchange.GetAsync(RefitExchange.Api(client, target), target, cancellationToken);
        }
    }
}

/// <summary>A Refit interface over one HttpClient for all requests.</summary>
internal sealed class RefitSharedClient : LifetimePattern
{
    /// <inheritdoc/>
    public override string Id => "refit-shared";

    /// <inheritdoc/>
    public override string Statement => "api.GetAsync() // RestService.For<IApi>(client)";

    /// <inheritdoc/>
    public override bool Reuses => true;

    /// <inheritdoc/>
    public override string? NotElsewhere(Version? httpVersion) => KeepsToHttp11(httpVersion);

    /// <inheritdoc/>
    public override ICaller Open(Target target)
    {
        var client = RefitExchange.Client(new HttpClientFactory(target));
        var api = RefitExchange.Api(client, target);
        return new Caller(cancellationToken => RefitExchange.GetAsync(api, target, cancellationToken), client);
    }
}

internal interface IRefitApi
{
    [Get("/")]
    Task<ApiResponse<string>> GetAsync(CancellationToken cancellationToken);
}

internal static class RefitExchange
{
    /// <summary>A client that asks for the target's resource, whatever the interface says: a path of the user's is known when it is given.</summary>
    public static HttpClient Client(HttpClientFactory clients) => clients.Target.Uri.PathAndQuery == "/"
        ? clients.Create()
        : clients.Create(new AtTarget(clients), disposeHandler: true);

    public static IRefitApi Api(HttpClient client, Target target)
    {
        client.BaseAddress = new Uri(target.Uri.GetLeftPart(UriPartial.Authority));
        return RestService.For<IRefitApi>(client);
    }

    public static async Task<Version> GetAsync(IRefitApi api, Target target, CancellationToken cancellationToken)
    {
        using var response = await api.GetAsync(cancellationToken);
        if (response.Error?.InnerException is { } cause && Failure.IsOfACall(cause))
        {
            ExceptionDispatchInfo.Throw(cause); // there was no response
        }

        Exchange.CheckStatus(response.StatusCode ?? throw new ExchangeException("no response"), response.ReasonPhrase, target);
        Exchange.CheckLength(response.Content?.Length, target);
        return response.Version!;
    }

    private sealed class AtTarget(HttpClientFactory clients) : DelegatingHandler(clients.Handler())
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.RequestUri = clients.Target.Uri;
            return base.SendAsync(request, cancellationToken);
        }
    }
}
