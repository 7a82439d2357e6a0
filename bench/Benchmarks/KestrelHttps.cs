using BenchmarkDotNet.Attributes;
using ConnectionReuse.Clients;
using ConnectionReuse.Targets;

namespace ConnectionReuse.Bench.Benchmarks;

/// <summary>The control, bare Kestrel over HTTPS, with the floor beside it.</summary>
public class KestrelHttps() : Comparison(TargetIds.KestrelHttps)
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

    /// <summary>The limit of <see cref="Fresh"/>.</summary>
    [Benchmark]
    public Task FloorFresh() => Repeat<FloorFresh>();

    /// <summary>The limit of <see cref="FreshFull"/>.</summary>
    [Benchmark]
    public Task FloorFreshFull() => Repeat<FloorFreshFull>();

    /// <summary>The limit of <see cref="Shared"/>.</summary>
    [Benchmark]
    public Task FloorShared() => Repeat<FloorShared>();
}
