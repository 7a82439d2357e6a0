using System.Runtime.ExceptionServices;
using ConnectionReuse.Targets;
using Flurl.Http;

namespace ConnectionReuse.Clients.Lifetimes;

/// <summary>A Flurl client for each request, over an HttpClient of its own that it disposes.</summary>
internal sealed class FlurlFreshClient : LifetimePattern
{
    /// <inheritdoc/>
    public override string Id => "flurl-fresh";

    /// <inheritdoc/>
    public override string Statement => "using var client = new FlurlClient(new HttpClient()); client.Request(url).GetAsync()";

    /// <inheritdoc/>
    public override bool Reuses => false;

    /// <inheritdoc/>
    public override string Reference => "flurl-shared";

    /// <inheritdoc/>
    public override string Advice => "keep one FlurlClient for each host, or call url.GetAsync(), which keeps one in its cache";

    /// <inheritdoc/>
    public override string? NotElsewhere(Version? httpVersion) => KeepsToHttp11(httpVersion);

    /// <inheritdoc/>
    public override ICaller Open(Target target)
    {
        var clients = new HttpClientFactory(target);
        return new Caller(CallAsync);

        async Task<Version> CallAsync(CancellationToken cancellationToken)
        {
            using var client = new FlurlClient(clients.Create());
            return await FlurlExchange.GetAsync(client, target, cancellationToken);
        }
    }
}

/// <summary>One Flurl client for all requests.</summary>
internal sealed class FlurlSharedClient : LifetimePattern
{
    /// <inheritdoc/>
    public override string Id => "flurl-shared";

    /// <inheritdoc/>
    public override string Statement => "client.Request(url).GetAsync()";

    /// <inheritdoc/>
    public override bool Reuses => true;

    /// <inheritdoc/>
    public override string? NotElsewhere(Version? httpVersion) => KeepsToHttp11(httpVersion);

    /// <inheritdoc/>
    public override ICaller Open(Target target)
    {
        var client = new FlurlClient(new HttpClientFactory(target).Create());
        return new Caller(cancellationToken => FlurlExchange.GetAsync(client, target, cancellationToken), client);
    }
}

internal static class FlurlExchange
{
    public static async Task<Version> GetAsync(FlurlClient client, Target target, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await client.Request(target.Uri).AllowAnyHttpStatus().WithAutoRedirect(false).GetAsync(cancellationToken: cancellationToken);
            return Exchange.Checked(response.ResponseMessage, target);
        }
        catch (FlurlHttpException e) when (e.InnerException is { } cause && Failure.IsOfACall(cause))
        {
            ExceptionDispatchInfo.Throw(cause); // what HttpClient said, as every other pattern says it
            throw;
        }
    }
}
