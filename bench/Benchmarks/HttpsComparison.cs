using System.Runtime.CompilerServices;
using BenchmarkDotNet.Attributes;
using ConnectionReuse.Clients;
using ConnectionReuse.Targets;

namespace ConnectionReuse.Bench.Benchmarks;

/// <summary>The same over TLS, where a new client resumes the session of the one before unless it is told not to.</summary>
/// <param name="targetId">Whom the requests go to.</param>
public abstract class HttpsComparison(string targetId) : HttpComparison(targetId)
{
    private HttpClientFactory _full = null!;

    /// <summary>A new client for each request, with a full TLS handshake each time.</summary>
    [Benchmark, AsyncMethodBuilder(typeof(SleepingWaitBuilder))]
    public async Task FreshFull()
    {
        foreach (var _ in Requests)
        {
            using var client = _full.Create();
            using var response = await Exchange.SendAsync(client, Target, CancellationToken.None);
            Spoken = Exchange.Checked(response, Target);
        }
    }

    /// <inheritdoc/>
    protected override void Open(Target target)
    {
        base.Open(target);
        _full = new HttpClientFactory(target) { AllowTlsResume = false };
    }
}
