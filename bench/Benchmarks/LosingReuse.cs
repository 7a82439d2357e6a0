using BenchmarkDotNet.Attributes;
using ConnectionReuse.Clients;
using ConnectionReuse.Clients.Losing;
using ConnectionReuse.Reporting.Tables;
using ConnectionReuse.Targets;

namespace ConnectionReuse.Bench.Benchmarks;

/// <summary>In which ways does a shared client silently lose its connections?</summary>
public class LosingReuse() : FurtherComparison(DiagnosisTable.Question, TargetIds.KestrelHttp)
{
    /// <summary>What the others are held against: nothing is lost.</summary>
    [Benchmark(Baseline = true)]
    public Task Shared() => Repeat<SharedClient>();

    /// <summary>ResponseHeadersRead, and the response is never disposed.</summary>
    [Benchmark]
    public Task UndisposedResponse() => Repeat<UndisposedResponse>();

    /// <summary>Disposed unread, below the size that is drained.</summary>
    [Benchmark]
    public Task UnreadBelowDrainSize() => Repeat<UnreadSmallResponse>();

    /// <summary>Disposed unread, above the size that is drained.</summary>
    [Benchmark]
    public Task UnreadAboveDrainSize() => Repeat<UnreadBigResponse>();

    /// <summary>Connection: close from the client.</summary>
    [Benchmark]
    public Task ClientCloses() => Repeat<ClientCloses>();

    /// <summary>Connection: close from the server.</summary>
    [Benchmark]
    public Task ServerCloses() => Repeat<ServerCloses>();

    /// <summary>HTTP/1.0.</summary>
    [Benchmark]
    public Task Http10() => Repeat<Http10>();

    /// <summary>Idle longer than the client keeps a connection.</summary>
    [Benchmark]
    public Task ClientIdleTimeout() => Repeat<ClientIdleTimeout>();

    /// <summary>Idle longer than the server keeps a connection.</summary>
    [Benchmark]
    public Task ServerIdleTimeout() => Repeat<ServerIdleTimeout>();

    /// <summary>PooledConnectionLifetime shorter than the gap between calls.</summary>
    [Benchmark]
    public Task ShortConnectionLifetime() => Repeat<ShortConnectionLifetime>();

    /// <summary>A server that caps the requests of a connection.</summary>
    [Benchmark]
    public Task ServerCapsRequests() => Repeat<ServerCapsRequests>();

    /// <summary>A proxy for each call.</summary>
    [Benchmark]
    public Task ProxyPerCall() => Repeat<ProxyPerCall>();

    /// <summary>A handler for each call inside a long-lived client.</summary>
    [Benchmark]
    public Task HandlerPerCall() => Repeat<HandlerPerCall>();
}
