using BenchmarkDotNet.Attributes;
using ConnectionReuse.Clients;
using ConnectionReuse.Targets;

namespace ConnectionReuse.Bench.Benchmarks;

/// <summary>WireMock.Net over HTTPS.</summary>
public class WireMockHttps() : Comparison(TargetIds.WireMockHttps)
{
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
