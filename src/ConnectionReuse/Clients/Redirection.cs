using System.Net;

namespace ConnectionReuse.Clients;

/// <summary>Where a redirect leads in the end. Clients of the comparison do not follow: what is timed is one exchange.</summary>
internal static class Redirection
{
    private const int MostHops = 5;

    public static bool Is(HttpStatusCode status) => status is >= HttpStatusCode.Ambiguous and < HttpStatusCode.BadRequest;

    /// <summary>Whether a client that follows goes on from a status.</summary>
    public static bool IsFollowed(HttpStatusCode status) => status is HttpStatusCode.MultipleChoices or HttpStatusCode.MovedPermanently
        or HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;

    /// <summary>The method after a redirect, as HttpClient and browsers choose it.</summary>
    public static HttpMethod MethodAfter(HttpStatusCode status, HttpMethod method) => status switch
    {
        HttpStatusCode.MultipleChoices or HttpStatusCode.MovedPermanently or HttpStatusCode.Found when method == HttpMethod.Post => HttpMethod.Get,
        HttpStatusCode.SeeOther when method != HttpMethod.Head => HttpMethod.Get,
        _ => method,
    };

    /// <summary>Follows the locations, a request each, to the first that does not redirect.</summary>
    /// <returns>The last location that is known: the final one, unless a hop fails or there are more than five.</returns>
    public static async Task<Uri> FinalAsync(HttpClient client, Uri redirected, Uri location, CancellationToken cancellationToken)
    {
        var uri = new Uri(redirected, location);
        for (var hop = 1; hop < MostHops && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp); hop++)
        {
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, uri);
                request.Options.Set(DressedHandler.Undressed, true); // whoever it leads to gets nothing of the user's
                using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
                if (!Is(response.StatusCode) || response.Headers.Location is null)
                {
                    return uri;
                }

                uri = new Uri(uri, response.Headers.Location);
            }
            catch (Exception e) when (Failure.IsOfACall(e) && !cancellationToken.IsCancellationRequested)
            {
                return uri; // it can be named, though not reached
            }
        }

        return uri;
    }
}
