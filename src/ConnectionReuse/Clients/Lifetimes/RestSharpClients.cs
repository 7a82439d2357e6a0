using ConnectionReuse.Targets;
using RestSharp;

namespace ConnectionReuse.Clients.Lifetimes;

/// <summary>A RestSharp client for each request: it owns an HttpClient, and with it a pool.</summary>
internal sealed class RestSharpFreshClient : LifetimePattern
{
    /// <inheritdoc/>
    public override string Id => "restsharp-fresh";

    /// <inheritdoc/>
    public override string Statement => "using var client = new RestClient(options); client.ExecuteAsync(request)";

    /// <inheritdoc/>
    public override bool Reuses => false;

    /// <inheritdoc/>
    public override string Reference => "restsharp-shared";

    /// <inheritdoc/>
    public override string Advice => "keep one RestClient for each host: it is made to be shared between threads";

    /// <inheritdoc/>
    public override string? NotElsewhere(Version? httpVersion) => KeepsToHttp11(httpVersion);

    /// <inheritdoc/>
    public override ICaller Open(Target target)
    {
        return new Caller(CallAsync);

        async Task<Version> CallAsync(CancellationToken cancellationToken)
        {
            target.ClientCreated?.Invoke();
            using var client = RestSharpExchange.Client(target);
            return await RestSharpExchange.GetAsync(client, target, cancellationToken);
        }
    }
}

/// <summary>One RestSharp client for all requests.</summary>
internal sealed class RestSharpSharedClient : LifetimePattern
{
    /// <inheritdoc/>
    public override string Id => "restsharp-shared";

    /// <inheritdoc/>
    public override string Statement => "client.ExecuteAsync(request)";

    /// <inheritdoc/>
    public override bool Reuses => true;

    /// <inheritdoc/>
    public override string? NotElsewhere(Version? httpVersion) => KeepsToHttp11(httpVersion);

    /// <inheritdoc/>
    public override ICaller Open(Target target)
    {
        var client = RestSharpExchange.Client(target);
        return new Caller(cancellationToken => RestSharpExchange.GetAsync(client, target, cancellationToken), client);
    }
}

internal static class RestSharpExchange
{
    public static RestClient Client(Target target)
    {
        var options = new RestClientOptions(target.Uri)
        {
            Timeout = target.Timeout,
            FollowRedirects = false, // it would do so by itself
            ConfigureMessageHandler = _ => new HttpClientFactory(target).Sender(),
        };
        if (target.UserAgent is not null)
        {
            options.UserAgent = target.UserAgent;
        }

        return new RestClient(options);
    }

    public static async Task<Version> GetAsync(RestClient client, Target target, CancellationToken cancellationToken)
    {
        var response = await client.ExecuteAsync(new RestRequest(), cancellationToken);
        if (response.StatusCode != 0)
        {
            Exchange.CheckStatus(response.StatusCode, response.StatusDescription, target);
        }

        if ((response.StatusCode == 0 || response.IsSuccessStatusCode) && response.ErrorException is { } error)
        {
            throw error is HttpRequestException or ExchangeException ? error : new HttpRequestException(error.Message, error);
        }

        Exchange.CheckLength(response.RawBytes?.Length, target);
        return response.Version!;
    }
}
