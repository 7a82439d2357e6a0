using System.Runtime.CompilerServices;
using BenchmarkDotNet.Attributes;
using ConnectionReuse.Bench.Benchmarks;
using ConnectionReuse.Targets;

namespace ConnectionReuse.Bench.Checks;

/// <summary>The shared row as a bare loop: nothing of the suite around it, nothing counted, nothing timed within.</summary>
public abstract class PlainLoop(string targetId)
{
    private readonly RunContext _context = RunContext.Load();
    private HttpClient _client = null!;
    private Uri _url = null!;

    /// <summary>Makes the client.</summary>
    [GlobalSetup]
    public void Open()
    {
        var target = _context.Target(targetId);
        _url = target.Uri;
        _client = new HttpClient(new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            SslOptions = { CertificateChainPolicy = target.Trust!.ChainPolicy() },
        });
    }

    /// <summary>The loop.</summary>
    [Benchmark, AsyncMethodBuilder(typeof(SleepingWaitBuilder))]
    public async Task Shared()
    {
        for (var i = 0; i < _context.Requests; i++)
        {
            using var response = await _client.GetAsync(_url);
            if (!response.IsSuccessStatusCode || response.Content.Headers.ContentLength != LocalResponse.Body.Length)
            {
                throw new InvalidOperationException($"the control answered {response.StatusCode}");
            }
        }
    }

    /// <summary>Disposes of the client.</summary>
    [GlobalCleanup]
    public void Close() => _client.Dispose();
}

/// <summary>Over HTTP.</summary>
public class PlainLoopHttp() : PlainLoop(TargetIds.KestrelHttp);

/// <summary>Over HTTPS.</summary>
public class PlainLoopHttps() : PlainLoop(TargetIds.KestrelHttps);
