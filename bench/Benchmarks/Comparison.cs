using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime;
using BenchmarkDotNet.Attributes;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.BenchmarkDotNet;
using ConnectionReuse.Clients;
using ConnectionReuse.Connections;
using ConnectionReuse.Servers;
using ConnectionReuse.Targets;
using ConnectionReuse.Turns;

namespace ConnectionReuse.Bench.Benchmarks;

/// <summary>
/// What every comparison shares: it repeats a client pattern's call, sequentially, and counts around each iteration.
/// One invocation is one iteration is <see cref="RunContext.Requests"/> requests, like one <c>timeit(number=100)</c>.
/// </summary>
/// <param name="targetId">Whom the requests go to.</param>
[SuppressMessage("Design", "CA1001", Justification = "BenchmarkDotNet calls the GlobalCleanup, not Dispose.")]
public abstract class Comparison(string targetId) : IPrimed
{
    // Below so many calls three iterations without a compilation say little: a method is compiled again after 256 calls.
    private const int LeastWarmupRequests = 100;

    private static readonly TimeSpan CompilerPause = TimeSpan.FromMilliseconds(5);

    private readonly List<CountedIteration> _iterations = [];
    private readonly RunContext _context = RunContext.Load();
    private readonly QuietWait _wait = new();
    private ActualIterations? _stages;
    private IDisposable? _spread;
    private ClientConnections? _connections;
    private ServerControl? _control;
    private PlainLoopClient? _plainLoop;
    private double? _plainSeconds;
    private CountsRecorder? _recorder;
    private ClientPattern? _pattern;
    private Target? _target;
    private ICaller? _caller;
    private Version? _httpVersion;
    private double[]? _callSeconds;
    private bool _priming;
    private bool _primed;
    private int _answered;
    private LaunchReport _report = new() { Target = targetId, Client = string.Empty, Iterations = [] };

    /// <summary>Whom the requests go to.</summary>
    public string TargetId => targetId;

    /// <inheritdoc/>
    public int Iterations => LinkMilliseconds > 0 ? 1 : Jobs.IterationsOf(targetId, _pattern!);

    /// <summary>The round trip of the emulated link before the target, in milliseconds; 0 for none.</summary>
    public virtual int LinkMilliseconds => 0;

    /// <summary>An iteration's requests at most, however many were asked for.</summary>
    public virtual int MostRequests => int.MaxValue;

    /// <summary>The question that the class answers, which tells its rows from those of others; null in the default comparison.</summary>
    public virtual string? Question => null;

    /// <summary>Why this machine cannot run a client pattern in the class, or in its case; null where it can.</summary>
    public virtual string? Unsupported(ClientPattern pattern) => null;

    /// <summary>The URL, for targets that are told apart by it.</summary>
    protected virtual string? TargetUrl => null;

    /// <summary>What warms up the JIT: the target itself, unless that is somebody else's server.</summary>
    private string WarmupTarget => targetId == TargetIds.Real ? TargetIds.KestrelHttps : targetId;

    /// <summary>Connects to the counters and starts listening.</summary>
    [GlobalSetup]
    public void Open()
    {
        if (TargetUrl is not null && _context.LeftAlone.Contains(TargetUrl))
        {
            throw new InvalidOperationException($"{TargetUrl} is left alone after a failure");
        }

        Placement.TakeNormalPriority();
        _spread = Placement.Spread(_context.UntimedCores);
        _stages = new ActualIterations();
        _control = (LinkMilliseconds > 0 ? _context.Linked[LinkMilliseconds] : _context.Server) is { } server ? new ServerControl(server.ControlPort) : null;
        _plainLoop = _context.PlainLoopPort is { } port ? new PlainLoopClient(port) : null;
        _connections = new ClientConnections(perRequest: targetId == TargetIds.Real, quic: targetId == TargetIds.KestrelHttp3);

        // Over a link round trips decide: the fixed response warms up as well as a megabyte would, in a fraction of the time.
        var warmup = _context.Target(WarmupTarget);
        _target = LinkMilliseconds > 0 ? warmup : Asked(warmup);
    }

    /// <summary>
    /// Gives this core away for 5 ms: what ran for the first time since the last iteration is compiled now, not within
    /// the next. Without sleeping, because a core that slept starts the iteration with cold caches.
    /// </summary>
    public static void LetTheCompilerFinish()
    {
        var start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < CompilerPause)
        {
            Thread.Yield();
        }
    }

    /// <summary>Starts the count of an iteration.</summary>
    [IterationSetup]
    public void Begin()
    {
        _plainSeconds = _plainLoop?.Run(_context.Requests);
        var here = _target!.IsLocal ? _control : null;
        _recorder = new CountsRecorder(_target, _connections!, here, allFull: _pattern is { FullHandshakes: true });
        _answered = 0;
        _recorder.Begin();

        _wait.For(Task.Run(LetTheCompilerFinish)); // on the pool, whose thread is awake then when the answers come
    }

    /// <summary>Ends the count of an iteration and keeps it if the iteration enters the result.</summary>
    [IterationCleanup]
    public void End()
    {
        var counted = new CountedIteration(_recorder!.End(_answered)) { PlainLoopSeconds = _plainSeconds, CallSeconds = _callSeconds };
        if (_stages!.TakeOne())
        {
            _iterations.Add(counted);
        }
    }

    /// <inheritdoc/>
    public void WarmedUp(int iterations, bool capped)
    {
        _spread?.Dispose();
        if (_pattern is { InFlight: > 1 })
        {
            // On the core of the timed calls answers come in bunches, and what handles those was not hot while they came one by one.
            var (more, stillCapped) = JitWarmup.Run(() => Repeat(_pattern), () => JitInfo.GetCompiledMethodCount());
            (iterations, capped) = (iterations + more, stillCapped);
        }

        HeapWarmup.Run();
        _report = _report with { WarmupIterations = iterations, WarmupCapped = capped };
        if (targetId != WarmupTarget || LinkMilliseconds > 0)
        {
            _caller?.DisposeAsync().AsTask().GetAwaiter().GetResult();
            _caller = null;
            _target = Asked(_context.Target(targetId, TargetUrl, LinkMilliseconds));
        }

        _priming = true;
    }

    /// <inheritdoc/>
    public void Primed()
    {
        _priming = false;
        _primed = true;
        if (_target!.IsLocal)
        {
            _connections!.LeaveHandshakesToServer();
        }
    }

    /// <summary>Hands the report over and closes everything.</summary>
    [GlobalCleanup]
    public async Task Close()
    {
        if (_pattern is { LeavesSockets: true })
        {
            _report = _report with { SocketsLeft = OpenSockets.Towards(_target!.Uri.Port) };
        }

        if (_pattern is { InFlight: not null })
        {
            _report = _report with { PoolOpened = _connections!.Read().Opened };
        }

        HandOver();
        if (_caller is not null)
        {
            await _caller.DisposeAsync();
        }

        _connections?.Dispose();
        _stages?.Dispose();
        _control?.Dispose();
        _plainLoop?.Dispose();
        _wait.Dispose();
    }

    /// <summary>The iteration: one call after the other through one client pattern. It has ended when this returns.</summary>
    /// <exception cref="ExchangeException">A call failed; its launch yields no time.</exception>
    protected Task Repeat<TClient>()
        where TClient : ClientPattern, new() => Repeat(_pattern ?? new TClient());

    /// <summary>The iteration, through a client pattern that is not known to the compiler.</summary>
    /// <exception cref="ExchangeException">A call failed; its launch yields no time.</exception>
    protected Task Repeat(ClientPattern pattern)
    {
        _pattern = pattern;
        var iteration = RepeatAsync(pattern);
        _wait.For(iteration); // BenchmarkDotNet would wait too, but not quietly
        return iteration;
    }

    private async Task RepeatAsync(ClientPattern pattern)
    {
        var requests = RequestsNow(pattern);
        try
        {
            _caller ??= pattern.Open(_target! with { AskToClose = _context.SharedAsksToClose && pattern.Reuses });
            if (pattern.InFlight is { } inFlight)
            {
                await RepeatAtOnceAsync(_caller, requests, inFlight);
                return;
            }

            for (var i = 0; i < requests; i++)
            {
                if (_primed && pattern.Pause > TimeSpan.Zero)
                {
                    await Task.Delay(pattern.Pause);
                }

                _httpVersion = await _caller.CallAsync(CancellationToken.None);
                _answered++;
            }
        }
        catch (Exception e) when (Failure.IsOfACall(e))
        {
            _report = _report with { Failures = 1, Reason = $"request {_answered + 1} of {requests}: {Failure.Describe(e)}" };
            HandOver();
            throw;
        }
    }

    /// <summary>What the requests ask of the target, where that is not its fixed response in the usual way.</summary>
    protected virtual Target Asked(Target target) => target;

    private async Task RepeatAtOnceAsync(ICaller caller, int requests, int inFlight)
    {
        var seconds = new double[requests];
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, inFlight).Select(_ => CallOnAsync()));
        _callSeconds = seconds;
        _answered = requests;

        async Task CallOnAsync()
        {
            for (var call = Interlocked.Increment(ref next); call < requests; call = Interlocked.Increment(ref next))
            {
                var start = Stopwatch.GetTimestamp();
                _httpVersion = await caller.CallAsync(CancellationToken.None);
                seconds[call] = Stopwatch.GetElapsedTime(start).TotalSeconds;
            }
        }
    }

    // A client that keeps no connection has nothing to open beforehand: a real target is spared the call.
    private int RequestsNow(ClientPattern pattern) =>
        _primed ? Math.Min(pattern.RequestsFor(_context.Requests), MostRequests)
        : !_priming ? pattern.RequestsFor(Math.Max(_context.Requests, LeastWarmupRequests))
        : _target!.IsLocal || pattern.Reuses ? pattern.PrimingCalls
        : 0;

    private void HandOver()
    {
        if (RunContext.Folder is { } folder)
        {
            LaunchFile.Write(folder, _report with
            {
                Client = _pattern?.Id ?? string.Empty,
                Iterations = _iterations,
                HttpVersion = _httpVersion?.ToString(2),
                TlsProtocol = _connections?.TlsProtocol,
            });
        }
    }
}
