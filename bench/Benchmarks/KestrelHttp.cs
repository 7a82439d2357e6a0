using BenchmarkDotNet.Attributes;
using ConnectionReuse.Clients;
using ConnectionReuse.Targets;

namespace ConnectionReuse.Bench.Benchmarks;

/// <summary>The control, bare Kestrel over HTTP, with the floor beside it.</summary>
public class KestrelHttp() : Comparison(TargetIds.KestrelHttp)
{
    /// <summary>A new client for each request.</summary>
    [Benchmark(Baseline = true)]
    public Task Fresh() => Repeat<FreshClient>();

    /// <summary>One client for all requests.</summary>
    [Benchmark]
    public Task Shared() => Repeat<SharedClient>();

    /// <summary>The limit of <see cref="Fresh"/>.</summary>
    [Benchmark]
    public Task FloorFresh() => Repeat<FloorFresh>();

    /// <summary>The limit of <see cref="Shared"/>.</summary>
    [Benchmark]
    public Task FloorShared() => Repeat<FloorShared>();
}
