using System.Net;
using ConnectionReuse.Clients;

namespace ConnectionReuse.Diagnosis;

/// <summary>What the head of a response says about its connection.</summary>
internal sealed record SeenAnswer
{
    /// <summary>The status.</summary>
    public required int Status { get; init; }

    /// <summary>The HTTP version.</summary>
    public required Version Version { get; init; }

    /// <summary>Whether it says <c>Connection: close</c>.</summary>
    public bool SaysClose { get; init; }

    /// <summary>Whether it says <c>Connection: keep-alive</c>.</summary>
    public bool SaysKeepAlive { get; init; }

    /// <summary>The seconds of <c>Keep-Alive: timeout=</c>; null without.</summary>
    public int? KeepAliveTimeout { get; init; }

    /// <summary>The number of <c>Keep-Alive: max=</c>; null without.</summary>
    public int? KeepAliveMax { get; init; }

    /// <summary>The length that it announces; null without.</summary>
    public long? ContentLength { get; init; }

    /// <summary>Whether its body ends where its connection does.</summary>
    public bool EndsWithConnection { get; init; }

    /// <summary>The proxies that it names; null without.</summary>
    public string? Via { get; init; }

    /// <summary>The scheme of connection credentials that it asks for, or that it says it will not keep; null without.</summary>
    public string? ConnectionCredentials { get; init; }

    /// <summary>Reads a response whose body nobody has read.</summary>
    public static SeenAnswer Of(HttpResponseMessage response)
    {
        ArgumentNullException.ThrowIfNull(response);
        var keepAlive = KeepAliveHeader.Of(response);
        var old = response.Version.Major == 1;
        return new SeenAnswer
        {
            Status = (int)response.StatusCode,
            Version = response.Version,
            SaysClose = old && response.Headers.ConnectionClose == true,
            SaysKeepAlive = response.Headers.Connection.Contains("keep-alive", StringComparer.OrdinalIgnoreCase),
            KeepAliveTimeout = keepAlive.Timeout,
            KeepAliveMax = keepAlive.Max,
            ContentLength = response.Content.Headers.ContentLength,
            EndsWithConnection = old && HasBody(response) && response.Content.Headers.ContentLength is null && response.Headers.TransferEncodingChunked != true,
            Via = Values(response, "Via") is [_, ..] via ? string.Join(", ", via) : null,
            ConnectionCredentials = CredentialsOf(response),
        };
    }

    private static bool HasBody(HttpResponseMessage response) =>
        response.RequestMessage?.Method != HttpMethod.Head && response.StatusCode is not (HttpStatusCode.NoContent or HttpStatusCode.NotModified);

    private static string? CredentialsOf(HttpResponseMessage response)
    {
        var asked = response.Headers.WwwAuthenticate.Select(challenge => challenge.Scheme)
            .FirstOrDefault(scheme => scheme.Equals("NTLM", StringComparison.OrdinalIgnoreCase) || scheme.Equals("Negotiate", StringComparison.OrdinalIgnoreCase));
        return asked ?? (Values(response, "Persistent-Auth") is ["false"] ? "Persistent-Auth: false" : null);
    }

    private static string[] Values(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? [.. values.SelectMany(value => value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))] : [];
}
