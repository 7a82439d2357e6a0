using System.Runtime.CompilerServices;
using BenchmarkDotNet.Attributes;
using ConnectionReuse.Bench.Benchmarks;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Measuring;
using ConnectionReuse.Results;
using ConnectionReuse.Targets;
using ConnectionReuse.Turns;

namespace ConnectionReuse.Bench.Checks;

/// <summary>
/// The shared row as a bare loop: nothing counted and nothing timed within. Its process has the priority of its server, its youngest
/// generation has been used once, and some calls lead in, because the caches are the other one's after a turn: what is left is what
/// the suite adds.
/// </summary>
public abstract class PlainLoop(string targetId)
{
    private readonly RunContext _context = RunContext.Load();
    private RowPlan _plan = null!;
    private HttpClient _client = null!;
    private Uri _url = null!;
    private QuietWait _wait = null!;

    /// <summary>Makes the client.</summary>
    [GlobalSetup]
    public void Open()
    {
        OneCulture.Take();
        Placement.TakeNormalPriority();
        _plan = _context.Rows[NameOf(GetType().BaseType!)]; // BenchmarkDotNet runs a class that it derives from this one
        _wait = new QuietWait();
        var target = _context.Target(targetId);
        _url = target.Uri;
        _client = new HttpClient(new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            SslOptions = { CertificateChainPolicy = target.Trust!.ChainPolicy() },
        });
        HeapWarmup.Run();
    }

    /// <summary>Makes the calls that lead in, once the other's counters are at rest.</summary>
    [IterationSetup]
    public void LeadIn()
    {
        CorePause.ForCounters();
        _wait.For(CallAsync(_plan.LeadIn));
    }

    /// <summary>The loop.</summary>
    [Benchmark, AsyncMethodBuilder(typeof(SleepingWaitBuilder))]
    public async Task Shared() => await CallAsync(_plan.Requests);

    /// <summary>Disposes of the client.</summary>
    [GlobalCleanup]
    public void Close()
    {
        _client.Dispose();
        _wait.Dispose();
    }

    /// <summary>BenchmarkDotNet's full name of the benchmark of a class.</summary>
    internal static string NameOf(Type type) => $"{type.FullName}.{nameof(Shared)}";

    // Not the suite's own Calls: what they cost is the question.
    private async Task CallAsync(int requests)
    {
        for (var i = 0; i < requests; i++)
        {
            using var response = await _client.GetAsync(_url);
            if (!response.IsSuccessStatusCode || response.Content.Headers.ContentLength != LocalResponse.Body.Length)
            {
                throw new InvalidOperationException($"the control answered {response.StatusCode}");
            }
        }
    }
}

/// <summary>Over HTTP.</summary>
public class PlainLoopHttp() : PlainLoop(TargetIds.KestrelHttp);

/// <summary>Over HTTPS.</summary>
public class PlainLoopHttps() : PlainLoop(TargetIds.KestrelHttps);
