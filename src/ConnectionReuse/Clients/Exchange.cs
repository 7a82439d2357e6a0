using System.Net;
using ConnectionReuse.Results;
using ConnectionReuse.Targets;

namespace ConnectionReuse.Clients;

/// <summary>One request and its whole response.</summary>
internal static class Exchange
{
    /// <summary>Gets the target's resource, posts to it, or sends the user's own request, reads the body to its end and asserts status and length.</summary>
    /// <returns>The HTTP version of the response.</returns>
    /// <exception cref="ExchangeException">The status is not the expected one, or the body has not the expected length.</exception>
    public static async Task<Version> GetAsync(HttpClient client, Target target, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(client, target, cancellationToken);
        return Checked(response, target);
    }

    /// <summary>
    /// Sends the request and buffers the whole response, so that the connection is free for the next call. What a server of ours
    /// answers to a GET comes from the client itself: an asynchronous method between would cost the shared row a percent.
    /// </summary>
    /// <exception cref="ExchangeException">A server of somebody else's answered with another status than the expected one.</exception>
    public static Task<HttpResponseMessage> SendAsync(HttpClient client, Target target, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(target);
        return target is { IsLocal: true, Upload: null } ? client.GetAsync(target.Uri, cancellationToken) : ExplainedAsync(client, target, cancellationToken);
    }

    /// <summary>Asserts status, length and, where one was insisted on, the HTTP version of a response that is buffered.</summary>
    /// <returns>The HTTP version of the response.</returns>
    /// <exception cref="ExchangeException">The status is not a success, or body or version are not the expected ones.</exception>
    internal static Version Checked(HttpResponseMessage response, Target target)
    {
        CheckStatus(response.StatusCode, response.ReasonPhrase, target);
        if (response.StatusCode == HttpStatusCode.NoContent && !target.AnyStatus && response.Content.Headers.ContentLength is > 0 and var announced)
        {
            throw new ExchangeException($"{Status(response.StatusCode, response.ReasonPhrase, target)} with a Content-Length of {announced}: a 204 has no body (RFC 9110, 8.6), and what follows it spoils the connection");
        }

        CheckLength(response.Content.Headers.ContentLength, target);
        return CheckedVersion(response.Version, target);
    }

    /// <summary>Asserts a status.</summary>
    /// <exception cref="ExchangeException">It is not the expected one.</exception>
    internal static void CheckStatus(HttpStatusCode code, string? reasonPhrase, Target target)
    {
        if (!IsExpected(code, target))
        {
            throw new ExchangeException(Status(code, reasonPhrase, target));
        }
    }

    /// <summary>Whether a status is the one that was asked for, or a success where none was.</summary>
    internal static bool IsExpected(HttpStatusCode code, Target target) => target.AnyStatus
        || (target.Request?.ExpectedStatus is { } expected ? (int)code == expected : (int)code is >= 200 and < 300);

    /// <summary>A status that is not the expected one, in words.</summary>
    internal static string Status(HttpStatusCode code, string? reasonPhrase, Target target)
    {
        var status = $"{ExchangeException.Answered}{(int)code} {reasonPhrase}".TrimEnd();
        return target.Request?.ExpectedStatus is { } expected ? $"{status} instead of {expected}" : status;
    }

    /// <summary>Asserts the HTTP version, where one was insisted on.</summary>
    /// <exception cref="ExchangeException">It is another one.</exception>
    internal static Version CheckedVersion(Version spoken, Target target) => target.HttpVersion is null || spoken == target.HttpVersion
        ? spoken
        : throw new ExchangeException($"{ExchangeException.Answered}in HTTP/{spoken} instead of HTTP/{target.HttpVersion}");

    /// <summary>Asserts the length of a body.</summary>
    /// <exception cref="ExchangeException">It is another one.</exception>
    internal static void CheckLength(long? length, Target target)
    {
        if (target.ExpectedLength is { } expected && length != expected)
        {
            throw new ExchangeException($"body of {length} bytes instead of {expected}");
        }
    }

    // What is wrong with an answer takes more calls to tell.
    private static async Task<HttpResponseMessage> ExplainedAsync(HttpClient client, Target target, CancellationToken cancellationToken)
    {
        using var content = target.Upload is { } upload ? new ReadOnlyMemoryContent(upload) : null;
        HttpResponseMessage response;
        try
        {
            response = content is null
                ? await client.GetAsync(target.Uri, cancellationToken)
                : await client.PostAsync(target.Uri, content, cancellationToken);
        }
        catch (TaskCanceledException e) when (e.InnerException is TimeoutException && content is null && !target.IsLocal && !target.AnyStatus && target.Request is not { OnlyReads: false })
        {
            // A body without an end looks like silence: the head of one more answer tells them apart.
            throw await EndlessAnswer.OfAsync(client, target, cancellationToken) is { } answer ? new ExchangeException(answer) : e;
        }

        if (IsExpected(response.StatusCode, target))
        {
            return response;
        }

        using (response)
        {
            throw await RefusalAsync(client, response, target, cancellationToken);
        }
    }

    private static async Task<ExchangeException> RefusalAsync(
        HttpClient client, HttpResponseMessage response, Target target, CancellationToken cancellationToken)
    {
        var status = Status(response.StatusCode, response.ReasonPhrase, target);
        return response.StatusCode switch
        {
            HttpStatusCode.TooManyRequests or HttpStatusCode.Forbidden or HttpStatusCode.ServiceUnavailable =>
                new ExchangeException($"{status}: the server refuses this traffic; stopped at once"),
            var code when Redirection.Is(code) && response.Headers.Location is { } location => new ExchangeException(
                $"{status}: use {PublicUrl.Of(await Redirection.FinalAsync(client, target.Uri, location, cancellationToken))} instead"),
            HttpStatusCode.Unauthorized => new ExchangeException($"{status}: it wants credentials"),
            HttpStatusCode.ProxyAuthenticationRequired => new ExchangeException($"{status}: a proxy wants credentials"),
            _ => new ExchangeException(status),
        };
    }
}
