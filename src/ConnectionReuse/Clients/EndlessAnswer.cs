using System.Net;
using ConnectionReuse.Targets;

namespace ConnectionReuse.Clients;

/// <summary>An answer whose head arrives and whose body never ends: in words, where a client only sees its time run out.</summary>
internal static class EndlessAnswer
{
    private const string ContentLength = "Content-Length";

    /// <summary>Asks once more, for the head of the answer alone.</summary>
    /// <returns>What is wrong with it; null where not even the head arrives.</returns>
    public static async Task<string?> OfAsync(HttpClient client, Target target, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await client.GetAsync(target.Uri, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return $"{Exchange.Status(response.StatusCode, response.ReasonPhrase, target)}{Wrong(response)}";
        }
        catch (Exception e) when (Failure.IsOfACall(e) && !cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private static string Wrong(HttpResponseMessage response) => response switch
    {
        { StatusCode: HttpStatusCode.SwitchingProtocols } => ": an upgrade that nobody asked for, after which the connection speaks no HTTP",
        _ when response.Content.Headers.NonValidated.TryGetValues(ContentLength, out var given) => response.Content.Headers.ContentLength is null
            ? $" with a {ContentLength} of {given}, which is no length"
            : $", but of the {given} bytes that it announced not all came in time",
        { Headers.TransferEncodingChunked: true } => ", but its last chunk did not come in time",
        _ => ", but without a length, and its body did not end in time",
    };
}
