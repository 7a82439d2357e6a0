using BenchmarkDotNet.Attributes;
using ConnectionReuse.Clients;
using ConnectionReuse.Connections;
using ConnectionReuse.Results;

namespace ConnectionReuse.Bench.Benchmarks;

/// <summary>The question of <see cref="Protocols"/> for HTTP/3, which speaks QUIC instead of TCP and has its TLS inside.</summary>
public class ProtocolsHttp3() : HttpsComparison(TargetIds.KestrelHttp3)
{
    /// <summary>The one version of HTTP and TLS that there is.</summary>
    [Params("HTTP/3, TLS 1.3")]
    public string Case { get; set; } = string.Empty;

    /// <inheritdoc/>
    public override string ClassName => nameof(Protocols);

    /// <inheritdoc/>
    public override string? Unsupported(ClientPattern pattern) => Quic.Unsupported
        ?? (pattern is FreshClient ? "the QUIC of .NET resumes no TLS session: a new client shakes hands in full, as fresh-full does" : null);
}
