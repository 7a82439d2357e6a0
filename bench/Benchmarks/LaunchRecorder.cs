using ConnectionReuse.Clients;
using ConnectionReuse.Connections;
using ConnectionReuse.Ports;
using ConnectionReuse.Results;
using ConnectionReuse.Servers;
using ConnectionReuse.Targets;

namespace ConnectionReuse.Bench.Benchmarks;

/// <summary>Counts at both ends around each iteration of a benchmark process, and keeps what the launch proved.</summary>
internal sealed class LaunchRecorder : IDisposable
{
    private readonly ClientPattern _pattern;
    private readonly ServerControl? _control;
    private readonly bool _quic;
    private readonly List<CountedIteration> _iterations = [];
    private ClientConnections? _connections;
    private CountsRecorder? _iteration;
    private LaunchReport _launch;

    public LaunchRecorder(string targetId, ClientPattern pattern, ServerReady? server, bool quic)
    {
        (_pattern, _quic) = (pattern, quic);
        _control = server is null ? null : ServerControl.To(server.Control);
        _launch = new LaunchReport { Target = targetId, Client = pattern.Id, Iterations = _iterations };
    }

    /// <summary>Starts to count: not before the first call, which would pay for it.</summary>
    public void Listen() => _connections = new ClientConnections(perRequest: _launch.Target == TargetIds.Real, _quic);

    public void CalledFirst(double seconds) => _launch = _launch with { FirstCallSeconds = seconds };

    public void Begin(Target target)
    {
        _iteration = new CountsRecorder(target, _connections!, target.IsLocal ? _control : null, allFull: _pattern.FullHandshakes);
        _iteration.Begin();
    }

    public void LedIn() => _iteration!.LedIn();

    public Counts End(int answered) => _iteration!.End(answered);

    public void Keep(Counts counts, IReadOnlyList<double> callSeconds) => _iterations.Add(new CountedIteration(counts)
    {
        CallSeconds = callSeconds,
        Ended = _launch.Target == TargetIds.Real && _pattern.Reuses ? _iteration!.Ended : null,
    });

    public void WarmedUp(int iterations, bool capped) => _launch = _launch with { WarmupIterations = iterations, WarmupCapped = capped };

    public void Fail(string reason) => _launch = _launch with { Failures = 1, Reason = reason };

    /// <summary>Once the warm-up has told the TLS version, our server counts its handshakes, which costs the client nothing.</summary>
    public void LeaveHandshakesToServer(Target target)
    {
        if (target.IsLocal)
        {
            _connections!.LeaveHandshakesToServer();
        }
    }

    public void SeeWhatIsLeft(Target target) => _launch = _launch with
    {
        SocketsLeft = _pattern.LeavesSockets ? OpenSockets.Towards(target.Uri.Port) : null,
        PoolOpened = _pattern.InFlight is null ? null : _connections?.Read().Opened,
    };

    public LaunchReport Launch(Version? httpVersion) => _launch with { HttpVersion = httpVersion?.ToString(2), TlsProtocol = _connections?.TlsProtocol };

    public void Dispose()
    {
        _connections?.Dispose();
        _control?.Dispose();
    }
}
