using BenchmarkDotNet.Attributes;
using ConnectionReuse.Clients;
using ConnectionReuse.Ports;
using ConnectionReuse.Targets;

namespace ConnectionReuse.Bench.Benchmarks;

/// <summary>What does production see when the ports run out? Found out in a network namespace, once in each round, by one process that is client and server.</summary>
public class Exhaustion() : FurtherComparison(nameof(Exhaustion), TargetIds.KestrelHttp)
{
    /// <inheritdoc/>
    public override string? Unsupported(ClientPattern pattern) => PortNamespace.Unsupported;

    /// <summary>A new client for each request, until one fails.</summary>
    [Benchmark(Baseline = true)]
    public Task Fresh() => Repeat<FreshClient>();

    /// <summary>As many requests by one client.</summary>
    [Benchmark]
    public Task Shared() => Repeat<SharedClient>();
}
