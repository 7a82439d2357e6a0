using BenchmarkDotNet.Attributes;
using ConnectionReuse.Results;
using ConnectionReuse.Targets;

namespace ConnectionReuse.Bench.Benchmarks;

/// <summary>Against the bare Kestrel control over HTTPS.</summary>
public class KestrelHttps() : HttpsComparison(TargetIds.KestrelHttps)
{
    private BareSockets _sockets = null!;

    /// <summary>The limit: a bare socket for each request, its TLS session resumed.</summary>
    [Benchmark]
    public void FloorFresh() => Spoken = _sockets.Fresh(Requests, allowTlsResume: true);

    /// <summary>The limit: a bare socket for each request, with a full TLS handshake.</summary>
    [Benchmark]
    public void FloorFreshFull() => Spoken = _sockets.Fresh(Requests, allowTlsResume: false);

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
