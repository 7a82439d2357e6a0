using BenchmarkDotNet.Attributes;
using ConnectionReuse.Clients;
using ConnectionReuse.Targets;

namespace ConnectionReuse.Bench.Benchmarks;

/// <summary>WireMock.Net over HTTP.</summary>
public class WireMockHttp() : Comparison(TargetIds.WireMockHttp)
{
    /// <summary>A new client for each request.</summary>
    [Benchmark(Baseline = true)]
    public Task Fresh() => Repeat<FreshClient>();

    /// <summary>One client for all requests.</summary>
    [Benchmark]
    public Task Shared() => Repeat<SharedClient>();
}
