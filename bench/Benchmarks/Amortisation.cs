using BenchmarkDotNet.Attributes;
using ConnectionReuse.Clients;
using ConnectionReuse.Reporting.Tables;
using ConnectionReuse.Targets;

namespace ConnectionReuse.Bench.Benchmarks;

/// <summary>After how many requests has a client paid for its connection?</summary>
public class Amortisation() : FurtherComparison(AmortisationTable.Question, TargetIds.KestrelHttps)
{
    /// <summary>1 request for each client.</summary>
    [Benchmark(Baseline = true)]
    public Task PerClient1() => Repeat<PerClient1>();

    /// <summary>2 requests for each client.</summary>
    [Benchmark]
    public Task PerClient2() => Repeat<PerClient2>();

    /// <summary>5 requests for each client.</summary>
    [Benchmark]
    public Task PerClient5() => Repeat<PerClient5>();

    /// <summary>10 requests for each client.</summary>
    [Benchmark]
    public Task PerClient10() => Repeat<PerClient10>();

    /// <summary>100 requests for each client.</summary>
    [Benchmark]
    public Task PerClient100() => Repeat<PerClient100>();

    /// <summary>1,000 requests for each client.</summary>
    [Benchmark]
    public Task PerClient1000() => Repeat<PerClient1000>();

    /// <summary>What the curve comes to.</summary>
    [Benchmark]
    public Task Shared() => Repeat<SharedClient>();
}
