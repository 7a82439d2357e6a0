using BenchmarkDotNet.Attributes;
using ConnectionReuse.Clients;
using ConnectionReuse.Targets;

namespace ConnectionReuse.Bench.Benchmarks;

/// <summary>A URL of the user's, by default the site of the documented measurement.</summary>
public class RealHttps() : Comparison(TargetIds.Real)
{
    /// <summary>The URL, without user info and query.</summary>
    [ParamsSource(nameof(Urls))]
    public string Url { get; set; } = string.Empty;

    /// <summary>The URLs of this run.</summary>
    public static IEnumerable<string> Urls => RunContext.Load().RealUrls.Select(PublicUrl.Of);

    /// <inheritdoc/>
    protected override string TargetUrl => Url;

    /// <summary>A new client for each request.</summary>
    [Benchmark(Baseline = true)]
    public Task Fresh() => Repeat<FreshClient>();

    /// <summary>A new client for each request, each with a full TLS handshake.</summary>
    [Benchmark]
    public Task FreshFull() => Repeat<FreshFullHandshakeClient>();

    /// <summary>One client for all requests.</summary>
    [Benchmark]
    public Task Shared() => Repeat<SharedClient>();
}
