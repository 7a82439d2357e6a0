using BenchmarkDotNet.Attributes;
using ConnectionReuse.Results;
using ConnectionReuse.Targets;

namespace ConnectionReuse.Bench.Benchmarks;

/// <summary>Against the bare Kestrel control over HTTP, which adds next to nothing of its own.</summary>
public class KestrelHttp() : HttpComparison(TargetIds.KestrelHttp)
{
    private BareSockets _sockets = null!;

    /// <summary>The limit: a bare socket for each request.</summary>
    [Benchmark]
    public void FloorFresh() => Spoken = _sockets.Fresh(Requests, allowTlsResume: true);

    /// <summary>The limit: one bare socket for all requests.</summary>
    [Benchmark]
    public void FloorShared() => Spoken = _sockets.Shared(Requests);

    /// <inheritdoc/>
    protected override void Open(Target target)
    {
        base.Open(target);
        _sockets = new BareSockets(target);
    }

    /// <inheritdoc/>
    protected override void Close()
    {
        base.Close();
        _sockets?.Dispose();
    }
}
