using System.Net;
using ConnectionReuse.Targets;

namespace ConnectionReuse.Clients;

/// <summary>One request and its whole response.</summary>
public static class Exchange
{
    /// <summary>Gets the target's resource, reads the body to its end and asserts status and length.</summary>
    /// <returns>The HTTP version of the response.</returns>
    /// <exception cref="ExchangeException">The status is not a success, or the body has not the expected length.</exception>
    public static async Task<Version> GetAsync(HttpClient client, Target target, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(target);

        // GetAsync buffers the content, so the connection is free for the next call when it returns.
        using var response = await client.GetAsync(target.Uri, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            throw await RefusalAsync(client, response, target, cancellationToken);
        }

        var length = response.Content.Headers.ContentLength;
        if (target.ExpectedLength is { } expected && length != expected)
        {
            throw new ExchangeException($"body of {length} bytes instead of {expected}");
        }

        return response.Version;
    }

    private static async Task<ExchangeException> RefusalAsync(
        HttpClient client, HttpResponseMessage response, Target target, CancellationToken cancellationToken)
    {
        var status = $"status {(int)response.StatusCode} {response.ReasonPhrase}".TrimEnd();
        return response.StatusCode switch
        {
            HttpStatusCode.TooManyRequests or HttpStatusCode.Forbidden or HttpStatusCode.ServiceUnavailable =>
                new ExchangeException($"{status}: the server refuses this traffic; stopped at once"),
            var code when Redirection.Is(code) && response.Headers.Location is { } location => new ExchangeException(
                $"{status}: use --target {PublicUrl.Of(await Redirection.FinalAsync(client, target.Uri, location, cancellationToken))} instead"),
            _ => new ExchangeException(status),
        };
    }
}
