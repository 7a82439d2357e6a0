using System.Runtime.CompilerServices;
using BenchmarkDotNet.Attributes;
using ConnectionReuse.Clients;
using ConnectionReuse.Results;
using ConnectionReuse.Targets;

namespace ConnectionReuse.Bench.Benchmarks;

/// <summary>Is a difference found where there is none? The shared client beside itself.</summary>
/// <param name="targetId">Whom the requests go to.</param>
public abstract class EqualClients(string targetId) : Comparison(targetId)
{
    private HttpClient _client = null!;

    /// <inheritdoc/>
    public override string ClassName => nameof(EqualClients);

    /// <summary>One client for all requests.</summary>
    [Benchmark(Baseline = true), AsyncMethodBuilder(typeof(SleepingWaitBuilder))]
    public async Task Shared()
    {
        foreach (var _ in Requests)
        {
            using var response = await Exchange.SendAsync(_client, Target, CancellationToken.None);
            Spoken = Exchange.Checked(response, Target);
        }
    }

    /// <summary>The same, in another process.</summary>
    [Benchmark, AsyncMethodBuilder(typeof(SleepingWaitBuilder))]
    public async Task SharedAgain()
    {
        foreach (var _ in Requests)
        {
            using var response = await Exchange.SendAsync(_client, Target, CancellationToken.None);
            Spoken = Exchange.Checked(response, Target);
        }
    }

    /// <inheritdoc/>
    protected override void Open(Target target) => _client = new HttpClientFactory(target).Create();

    /// <inheritdoc/>
    protected override void Close() => _client?.Dispose();
}

/// <summary>Over HTTP.</summary>
public class EqualClientsPlain() : EqualClients(TargetIds.KestrelHttp);

/// <summary>Over HTTPS.</summary>
public class EqualClientsTls() : EqualClients(TargetIds.KestrelHttps);
