namespace ConnectionReuse.Results;

/// <summary>The targets' names in options, tables and result files.</summary>
public static class TargetIds
{
    /// <summary>WireMock.Net over HTTP.</summary>
    public const string WireMockHttp = "wiremock-http";

    /// <summary>WireMock.Net over HTTPS.</summary>
    public const string WireMockHttps = "wiremock-https";

    /// <summary>The control: bare Kestrel over HTTP.</summary>
    public const string KestrelHttp = "kestrel-http";

    /// <summary>The control: bare Kestrel over HTTPS.</summary>
    public const string KestrelHttps = "kestrel-https";

    /// <summary>The control over HTTP/2 without TLS, known beforehand (RFC 9113 3.3): what gRPC speaks inside a cluster.</summary>
    public const string KestrelH2c = "kestrel-h2c";

    /// <summary>The control over HTTP/3, and nothing else.</summary>
    public const string KestrelHttp3 = "kestrel-http3";

    /// <summary>A URL of the user's.</summary>
    public const string Real = "real";

    /// <summary>The targets that the run serves itself and that every plain HTTP client can ask.</summary>
    public static IReadOnlyList<string> Local { get; } = [WireMockHttp, WireMockHttps, KestrelHttp, KestrelHttps];

    /// <summary>Every target that the run serves itself.</summary>
    public static IReadOnlyList<string> Served { get; } = [.. Local, KestrelH2c, KestrelHttp3];

    /// <summary>Whether a local target carries TLS.</summary>
    public static bool IsTls(string id) => id is WireMockHttps or KestrelHttps or KestrelHttp3;
}
