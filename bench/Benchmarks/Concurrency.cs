using BenchmarkDotNet.Attributes;
using ConnectionReuse.Clients.Concurrency;
using ConnectionReuse.Reporting.Tables;
using ConnectionReuse.Targets;

namespace ConnectionReuse.Bench.Benchmarks;

/// <summary>What becomes of many requests at once?</summary>
public class Concurrency() : FurtherComparison(ConcurrencyTable.Question, TargetIds.KestrelHttps)
{
    /// <summary>1 at once over HTTP/1.1, each with a connection.</summary>
    [Benchmark]
    public Task Http1InFlight1() => Repeat<Http1InFlight1>();

    /// <summary>1 at once over 4 connections of HTTP/1.1.</summary>
    [Benchmark]
    public Task Http1BoundedInFlight1() => Repeat<Http1BoundedInFlight1>();

    /// <summary>1 at once over one connection of HTTP/2.</summary>
    [Benchmark]
    public Task Http2InFlight1() => Repeat<Http2InFlight1>();

    /// <summary>8 at once over HTTP/1.1, each with a connection.</summary>
    [Benchmark]
    public Task Http1InFlight8() => Repeat<Http1InFlight8>();

    /// <summary>8 at once over 4 connections of HTTP/1.1.</summary>
    [Benchmark]
    public Task Http1BoundedInFlight8() => Repeat<Http1BoundedInFlight8>();

    /// <summary>8 at once over one connection of HTTP/2.</summary>
    [Benchmark]
    public Task Http2InFlight8() => Repeat<Http2InFlight8>();

    /// <summary>64 at once over HTTP/1.1, each with a connection.</summary>
    [Benchmark]
    public Task Http1InFlight64() => Repeat<Http1InFlight64>();

    /// <summary>64 at once over 4 connections of HTTP/1.1.</summary>
    [Benchmark]
    public Task Http1BoundedInFlight64() => Repeat<Http1BoundedInFlight64>();

    /// <summary>64 at once over one connection of HTTP/2.</summary>
    [Benchmark]
    public Task Http2InFlight64() => Repeat<Http2InFlight64>();

    /// <summary>256 at once over HTTP/1.1, each with a connection.</summary>
    [Benchmark]
    public Task Http1InFlight256() => Repeat<Http1InFlight256>();

    /// <summary>256 at once over 4 connections of HTTP/1.1.</summary>
    [Benchmark]
    public Task Http1BoundedInFlight256() => Repeat<Http1BoundedInFlight256>();

    /// <summary>256 at once over one connection of HTTP/2.</summary>
    [Benchmark]
    public Task Http2InFlight256() => Repeat<Http2InFlight256>();
}
