using System.Net;
using System.Security.Authentication;
using BenchmarkDotNet.Attributes;
using ConnectionReuse.Results;
using ConnectionReuse.Targets;

namespace ConnectionReuse.Bench.Benchmarks;

/// <summary>What does each version of HTTP over TCP and of TLS make of it, with sessions resumed and without?</summary>
public class Protocols() : HttpsComparison(TargetIds.KestrelHttps)
{
    private const string Tls12 = "TLS 1.2";
    private const string Tls13 = "TLS 1.3";
    private const string Http2 = "HTTP/2";
    private const string Http2Multiple = "HTTP/2 EnableMultipleHttp2Connections";

    /// <summary>The versions of HTTP and TLS.</summary>
    [ParamsSource(nameof(Cases))]
    public string Case { get; set; } = string.Empty;

    /// <summary>Every version over every TLS that it allows.</summary>
    public static IEnumerable<string> Cases =>
    [
        .. from http in (string[])["HTTP/1.1", Http2, Http2Multiple]
           from tls in (string[])[Tls12, Tls13]
           select $"{http}, {tls}",
    ];

    /// <inheritdoc/>
    public override string ClassName => nameof(Protocols);

    /// <inheritdoc/>
    protected override Target Asked(Target target)
    {
        ArgumentNullException.ThrowIfNull(target);
        return target with
        {
            HttpVersion = Case.StartsWith(Http2, StringComparison.Ordinal) ? HttpVersion.Version20 : HttpVersion.Version11,
            TlsVersion = Case.EndsWith(Tls12, StringComparison.Ordinal) ? SslProtocols.Tls12 : SslProtocols.Tls13,
            MultipleHttp2Connections = Case.StartsWith(Http2Multiple, StringComparison.Ordinal),
        };
    }
}
