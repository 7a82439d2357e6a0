using ConnectionReuse.Results;

namespace ConnectionReuse.Bench.Running;

/// <summary>The local targets that warm a client up before it calls somebody else's server, which is spared that.</summary>
internal static class Controls
{
    /// <summary>The control that speaks what a URL is asked in.</summary>
    /// <param name="scheme">The URL's scheme.</param>
    /// <param name="httpVersion">The HTTP version that is insisted on; null for HTTP/1.1.</param>
    public static string Of(string scheme, Version? httpVersion) => (scheme == Uri.UriSchemeHttps, httpVersion) switch
    {
        (true, { Major: 3 }) => TargetIds.KestrelHttp3,
        (true, _) => TargetIds.KestrelHttps,
        (false, { Major: >= 2 }) => TargetIds.KestrelH2c,
        _ => TargetIds.KestrelHttp,
    };

    /// <summary>The control of the comparison's real targets: the one over TLS, unless HTTP/2 is asked for without.</summary>
    public static string OfComparison(Uri url, Version? httpVersion)
    {
        ArgumentNullException.ThrowIfNull(url);
        return Of(httpVersion is { Major: >= 2 } ? url.Scheme : Uri.UriSchemeHttps, httpVersion);
    }
}
