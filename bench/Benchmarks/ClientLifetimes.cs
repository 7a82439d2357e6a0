using BenchmarkDotNet.Attributes;
using ConnectionReuse.Clients;
using ConnectionReuse.Clients.Lifetimes;
using ConnectionReuse.Targets;

namespace ConnectionReuse.Bench.Benchmarks;

/// <summary>Which of the ways in which .NET code gets its client keeps the connection?</summary>
public class ClientLifetimes() : FurtherComparison(nameof(ClientLifetimes), TargetIds.KestrelHttps)
{
    /// <summary>A new client for each request, disposed.</summary>
    [Benchmark(Baseline = true)]
    public Task Fresh() => Repeat<FreshClient>();

    /// <summary>A new client for each request, never disposed.</summary>
    [Benchmark]
    public Task FreshUndisposed() => Repeat<FreshUndisposedClient>();

    /// <summary>A new client for each request over one handler.</summary>
    [Benchmark]
    public Task FreshOverSharedHandler() => Repeat<FreshOverSharedHandler>();

    /// <summary>One client that is handed around.</summary>
    [Benchmark]
    public Task Shared() => Repeat<SharedClient>();

    /// <summary>One client in a static field.</summary>
    [Benchmark]
    public Task Static() => Repeat<StaticClient>();

    /// <summary>One invoker.</summary>
    [Benchmark]
    public Task MessageInvoker() => Repeat<MessageInvokerClient>();

    /// <summary>IHttpClientFactory, a named client.</summary>
    [Benchmark]
    public Task FactoryNamed() => Repeat<FactoryNamedClient>();

    /// <summary>IHttpClientFactory, a typed client.</summary>
    [Benchmark]
    public Task FactoryTyped() => Repeat<FactoryTypedClient>();

    /// <summary>IHttpClientFactory whose handlers live shorter than the gap between calls.</summary>
    [Benchmark]
    public Task FactoryShortLifetime() => Repeat<FactoryShortLifetimeClient>();

    /// <summary>A RestSharp client for each request.</summary>
    [Benchmark]
    public Task RestsharpFresh() => Repeat<RestSharpFreshClient>();

    /// <summary>One RestSharp client.</summary>
    [Benchmark]
    public Task RestsharpShared() => Repeat<RestSharpSharedClient>();

    /// <summary>A Refit interface over a new client for each request.</summary>
    [Benchmark]
    public Task RefitFresh() => Repeat<RefitFreshClient>();

    /// <summary>A Refit interface over one client.</summary>
    [Benchmark]
    public Task RefitShared() => Repeat<RefitSharedClient>();

    /// <summary>A Flurl client for each request.</summary>
    [Benchmark]
    public Task FlurlFresh() => Repeat<FlurlFreshClient>();

    /// <summary>One Flurl client.</summary>
    [Benchmark]
    public Task FlurlShared() => Repeat<FlurlSharedClient>();

    /// <summary>HttpWebRequest with settings of its own.</summary>
    [Benchmark]
    public Task WebRequest() => Repeat<HttpWebRequestClient>();
}

/// <summary>The same question for gRPC, over HTTP/2 without TLS.</summary>
public class ClientLifetimesGrpc() : FurtherComparison(nameof(ClientLifetimes), TargetIds.KestrelH2c)
{
    /// <summary>A channel for each call.</summary>
    [Benchmark(Baseline = true)]
    public Task GrpcFresh() => Repeat<GrpcFreshChannel>();

    /// <summary>One channel.</summary>
    [Benchmark]
    public Task GrpcShared() => Repeat<GrpcSharedChannel>();
}
