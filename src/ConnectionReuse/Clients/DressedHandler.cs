using System.Net.Http.Headers;
using ConnectionReuse.Targets;

namespace ConnectionReuse.Clients;

/// <summary>
/// Makes every request to a URL of the user's the one that was asked for, whichever library has built it: the one place, so that
/// no client pattern sends another. Headers, credentials and certificate are for the URL's own origin alone.
/// </summary>
/// <param name="inner">What sends it.</param>
/// <param name="target">Whom the requests go to.</param>
/// <param name="own">What was asked for.</param>
internal sealed class DressedHandler(HttpMessageHandler inner, Target target, OwnRequest own) : DelegatingHandler(inner)
{
    private const int MostHops = 10; // curl follows 50, browsers 20

    /// <summary>Marks a request that the suite itself makes, such as to find where a redirect ends.</summary>
    public static HttpRequestOptionsKey<bool> Undressed { get; } = new("ConnectionReuse.Undressed");

    /// <inheritdoc/>
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Options.TryGetValue(Undressed, out _))
        {
            return base.SendAsync(request, cancellationToken);
        }

        request.RequestUri = target.Uri;
        request.Method = new HttpMethod(own.Method);
        request.Content = Content(own);
        DressedHeaders.Add(request, target, own);
        return own.Follow ? FollowAsync(request, cancellationToken) : SendOnceAsync(request, cancellationToken);
    }

    private static ReadOnlyMemoryContent? Content(OwnRequest own)
    {
        if (own.Body is null && own.ContentType is null)
        {
            return null;
        }

        var content = new ReadOnlyMemoryContent(own.Body ?? ReadOnlyMemory<byte>.Empty);
        if (own.ContentType is not null)
        {
            content.Headers.TryAddWithoutValidation("Content-Type", own.ContentType);
        }

        return content;
    }

    private async Task<HttpResponseMessage> FollowAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await SendOnceAsync(request, cancellationToken);
        for (var hop = 0; Location(request, response) is { } location; hop++)
        {
            if (hop == MostHops)
            {
                response.Dispose();
                throw new ExchangeException($"more than {MostHops} redirects");
            }

            await response.Content.CopyToAsync(Stream.Null, cancellationToken); // or its connection would not be free for the next hop
            request = Next(request, response, location);
            response.Dispose();
            response = await SendOnceAsync(request, cancellationToken);
        }

        return response;
    }

    private async Task<HttpResponseMessage> SendOnceAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await (own.Proxy is { } proxy ? ThroughAsync(proxy, request, cancellationToken) : base.SendAsync(request, cancellationToken));
        if (target.KeepAliveAnnounced is { } told && KeepAliveHeader.Of(response).Timeout is { } seconds)
        {
            told(seconds);
        }

        return response;
    }

    private async Task<HttpResponseMessage> ThroughAsync(ProxyChoice proxy, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            var response = await base.SendAsync(request, cancellationToken);
            return ProxyFailure.Of(response, proxy, request.RequestUri!) is { } refusal ? throw refusal : response;
        }
        catch (HttpRequestException e) when (ProxyFailure.Of(e, proxy, request.RequestUri!) is { } failure)
        {
            throw failure;
        }
    }

    // From https to http no client follows.
    private static Uri? Location(HttpRequestMessage request, HttpResponseMessage response) =>
        Redirection.IsFollowed(response.StatusCode) && response.Headers.Location is { } location
        && new Uri(request.RequestUri!, location) is { Scheme: "http" or "https" } next
        && (next.Scheme == Uri.UriSchemeHttps || request.RequestUri!.Scheme == Uri.UriSchemeHttp) ? next : null;

    private HttpRequestMessage Next(HttpRequestMessage request, HttpResponseMessage response, Uri location)
    {
        var method = Redirection.MethodAfter(response.StatusCode, request.Method);
        var next = new HttpRequestMessage(method, location)
        {
            Version = request.Version,
            VersionPolicy = request.VersionPolicy,
            Content = method == request.Method && request.Content is not null ? Content(own) : null,
        };
        if (IsOwnOrigin(location))
        {
            DressedHeaders.Add(next, target, own);
        }
        else if (target.UserAgent is not null)
        {
            next.Headers.TryAddWithoutValidation("User-Agent", target.UserAgent);
        }

        return next;
    }

    private bool IsOwnOrigin(Uri location) => Uri.Compare(location, target.Uri, UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) == 0;
}

/// <summary>The headers of the user's request.</summary>
internal static class DressedHeaders
{
    /// <summary>Adds them, instead of what a library had put in their place.</summary>
    public static void Add(HttpRequestMessage request, Target target, OwnRequest own)
    {
        if (target.UserAgent is not null)
        {
            request.Headers.Remove("User-Agent");
            request.Headers.TryAddWithoutValidation("User-Agent", target.UserAgent);
        }

        if ((own.Credentials ?? BasicCredentials.OfUserInfo(target.Uri)) is { } credentials)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue(BasicCredentials.Scheme, BasicCredentials.Encoded(credentials));
        }

        foreach (var header in own.Headers.DistinctBy(header => header.Name, StringComparer.OrdinalIgnoreCase))
        {
            Remove(request, header.Name);
        }

        foreach (var header in own.Headers)
        {
            if (!request.Headers.TryAddWithoutValidation(header.Name, header.Value))
            {
                request.Content ??= new ReadOnlyMemoryContent(ReadOnlyMemory<byte>.Empty); // a header of the body's
                request.Content.Headers.TryAddWithoutValidation(header.Name, header.Value);
            }
        }
    }

    private static void Remove(HttpRequestMessage request, string name)
    {
        if (request.Headers.NonValidated.Contains(name))
        {
            request.Headers.Remove(name);
        }
    }
}
