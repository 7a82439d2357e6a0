using System.Net;
using ConnectionReuse.Results;
using ConnectionReuse.Targets;

namespace ConnectionReuse.Clients;

/// <summary>One request and its whole response.</summary>
internal static class Exchange
{
    /// <summary>Gets the target's resource, or posts to it, reads the body to its end and asserts status and length.</summary>
    /// <returns>The HTTP version of the response.</returns>
    /// <exception cref="ExchangeException">The status is not a success, or the body has not the expected length.</exception>
    public static async Task<Version> GetAsync(HttpClient client, Target target, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(target);

        // Both buffer the content, so the connection is free for the next call when they return.
        using var content = target.Upload is { } upload ? new ReadOnlyMemoryContent(upload) : null;
        using var response = await AnswerAsync(client, target, content, cancellationToken);
        if (!response.IsSuccessStatusCode && !target.AnyStatus)
        {
            throw await RefusalAsync(client, response, target, cancellationToken);
        }

        return Checked(response, target);
    }

    /// <summary>Asserts status, length and, where one was insisted on, the HTTP version of a response that is buffered.</summary>
    /// <returns>The HTTP version of the response.</returns>
    /// <exception cref="ExchangeException">The status is not a success, or body or version are not the expected ones.</exception>
    internal static Version Checked(HttpResponseMessage response, Target target)
    {
        if (!response.IsSuccessStatusCode && !target.AnyStatus)
        {
            throw new ExchangeException(Status(response.StatusCode, response.ReasonPhrase));
        }

        if (response.StatusCode == HttpStatusCode.NoContent && !target.AnyStatus && response.Content.Headers.ContentLength is > 0 and var announced)
        {
            throw new ExchangeException($"{Status(response.StatusCode, response.ReasonPhrase)} with a Content-Length of {announced}: a 204 has no body (RFC 9110, 8.6), and what follows it spoils the connection");
        }

        CheckLength(response.Content.Headers.ContentLength, target);
        return CheckedVersion(response.Version, target);
    }

    /// <summary>Asserts the HTTP version, where one was insisted on.</summary>
    /// <exception cref="ExchangeException">It is another one.</exception>
    internal static Version CheckedVersion(Version spoken, Target target) => target.HttpVersion is null || spoken == target.HttpVersion
        ? spoken
        : throw new ExchangeException($"{ExchangeException.Answered}in HTTP/{spoken} instead of HTTP/{target.HttpVersion}");

    /// <summary>A status that is no success, in words.</summary>
    internal static string Status(HttpStatusCode code, string? reasonPhrase) => $"{ExchangeException.Answered}{(int)code} {reasonPhrase}".TrimEnd();

    /// <summary>Asserts the length of a body.</summary>
    /// <exception cref="ExchangeException">It is another one.</exception>
    internal static void CheckLength(long? length, Target target)
    {
        if (target.ExpectedLength is { } expected && length != expected)
        {
            throw new ExchangeException($"body of {length} bytes instead of {expected}");
        }
    }

    private static async Task<HttpResponseMessage> AnswerAsync(HttpClient client, Target target, HttpContent? content, CancellationToken cancellationToken)
    {
        try
        {
            return content is null
                ? await client.GetAsync(target.Uri, cancellationToken)
                : await client.PostAsync(target.Uri, content, cancellationToken);
        }
        catch (TaskCanceledException e) when (e.InnerException is TimeoutException && content is null && !target.IsLocal && !target.AnyStatus)
        {
            // A body without an end looks like silence: the head of one more answer tells them apart.
            throw await EndlessAnswer.OfAsync(client, target, cancellationToken) is { } answer ? new ExchangeException(answer) : e;
        }
    }

    private static async Task<ExchangeException> RefusalAsync(
        HttpClient client, HttpResponseMessage response, Target target, CancellationToken cancellationToken)
    {
        var status = Status(response.StatusCode, response.ReasonPhrase);
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
