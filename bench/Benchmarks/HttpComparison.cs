using System.Runtime.CompilerServices;
using BenchmarkDotNet.Attributes;
using ConnectionReuse.Clients;
using ConnectionReuse.Targets;

namespace ConnectionReuse.Bench.Benchmarks;

/// <summary>The question of the suite: a new client for each request, or one for all.</summary>
/// <param name="targetId">Whom the requests go to.</param>
public abstract class HttpComparison(string targetId) : Comparison(targetId)
{
    private HttpClient _shared = null!;

    /// <summary>Makes clients that differ in nothing but how long they live.</summary>
    protected HttpClientFactory Clients { get; private set; } = null!;

    /// <summary>A new client for each request, disposed after it.</summary>
    [Benchmark(Baseline = true), AsyncMethodBuilder(typeof(SleepingWaitBuilder))]
    public async Task Fresh()
    {
        foreach (var _ in Requests)
        {
            using var client = Clients.Create();
            using var response = await Exchange.SendAsync(client, Target, CancellationToken.None);
            Spoken = Exchange.Checked(response, Target);
        }
    }

    /// <summary>One client for all requests.</summary>
    [Benchmark, AsyncMethodBuilder(typeof(SleepingWaitBuilder))]
    public async Task Shared()
    {
        foreach (var _ in Requests)
        {
            using var response = await Exchange.SendAsync(_shared, Target, CancellationToken.None);
            Spoken = Exchange.Checked(response, Target);
        }
    }

    /// <inheritdoc/>
    protected override void Open(Target target)
    {
        Clients = new HttpClientFactory(target);
        _shared = Clients.Create();
    }

    /// <inheritdoc/>
    protected override void Close() => _shared?.Dispose();
}
