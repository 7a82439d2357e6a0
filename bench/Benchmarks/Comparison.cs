using System.Globalization;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Clients;
using ConnectionReuse.Connections;
using ConnectionReuse.Measuring;
using ConnectionReuse.Results;
using ConnectionReuse.Targets;
using ConnectionReuse.Turns;
using ConnectionReuse.Turns.BenchmarkDotNet;

namespace ConnectionReuse.Bench.Benchmarks;

/// <summary>
/// What surrounds the bodies of every comparison: who is asked in which stage of the process, and what is counted around each
/// iteration. One invocation is one iteration is <see cref="RowPlan.Requests"/> requests, like one <c>timeit(number=100)</c>.
/// </summary>
/// <param name="targetId">Whom the requests go to.</param>
public abstract class Comparison(string targetId) : ComparisonClass(targetId), IStagedBenchmark
{
    // Few, so that a warm-up ends soon after the last compilation.
    private const int WarmupRequests = 25;

    private RowPlan _plan = null!;
    private LaunchRecorder? _recorder;
    private IDisposable? _spread;
    private Action? _iterate;

    /// <inheritdoc/>
    public int Iterations => _plan.Iterations;

    /// <summary>The requests of the iteration: a body makes one in each pass.</summary>
    protected TimedRequests Requests { get; } = new();

    /// <summary>Whom this iteration's requests go to.</summary>
    protected Target Target { get; private set; } = null!;

    /// <summary>The client pattern of this process's benchmark.</summary>
    protected ClientPattern Pattern { get; private set; } = null!;

    /// <summary>Which stage the process is in.</summary>
    protected Stage Stage { get; private set; }

    /// <summary>The HTTP version that the last answer was in.</summary>
    protected Version? Spoken { get; set; }

    /// <summary>The URL, for targets that are told apart by it.</summary>
    protected virtual string? TargetUrl => null;

    /// <summary>The target that warms up the JIT: the one that is timed, unless that is somebody else's server.</summary>
    private string WarmupTarget => TargetUrl is null ? TargetId : Controls.OfComparison(new Uri(TargetUrl), InsistsOn);

    private bool WarmsUpElsewhere => TargetId != WarmupTarget || LinkMilliseconds > 0 || IsFar;

    /// <inheritdoc/>
    public void Begin(string benchmark, Action iterate)
    {
        ArgumentNullException.ThrowIfNull(benchmark);
        OneCulture.Take();
        _iterate = iterate;
        Pattern = PatternOf(benchmark);
        _plan = Context.Rows.GetValueOrDefault(benchmark) ?? throw new InvalidOperationException($"no run has planned this row; start benchmarks with {ProgramName.Typed}");
    }

    /// <summary>Opens the clients towards what warms them up.</summary>
    [GlobalSetup]
    public void OpenProcess()
    {
        if (TargetUrl is not null && Context.LeftAlone.Contains(TargetUrl))
        {
            throw new InvalidOperationException($"{TargetUrl} is left alone after a failure");
        }

        Placement.TakeNormalPriority();
        _recorder = new LaunchRecorder(TargetId, Pattern, LinkMilliseconds > 0 ? Context.Linked[LinkMilliseconds] : Context.Server, quic: TargetId == TargetIds.KestrelHttp3 || InsistsOn is { Major: 3 });
        OpenWarmup();
    }

    /// <inheritdoc/>
    public void RunFirst()
    {
        if (!Target.IsLocal || WarmsUpElsewhere || Pattern.InFlight is not null || Pattern.Pause > TimeSpan.Zero)
        {
            return; // another target's, or not the time of a call
        }

        Requests.Count = 1;
        _iterate!();
        _recorder!.CalledFirst(Requests.Seconds()[0]);
        Close();
        OpenWarmup(); // what was opened before anybody counted
    }

    /// <inheritdoc/>
    public void BeginWarmup()
    {
        _spread = Placement.Spread(Context.UntimedCores);
        _recorder!.Listen();
        Requests.Count = Pattern.RequestsFor(RuntimeSettings.CallsUntilHot);
        _iterate!();
        Requests.Count = Pattern.RequestsFor(WarmupRequests);
    }

    /// <summary>Starts the count of an iteration, with some requests that are not timed: the caches are another process's.</summary>
    [IterationSetup]
    public void BeginIteration()
    {
        _recorder!.Begin(Target);
        if (Stage == Stage.Timed)
        {
            CorePause.ForCounters();
            Requests.Count = _plan.LeadIn;
            if (Requests.Count > 0)
            {
                _iterate!();
            }

            Requests.Count = _plan.Requests;
        }

        _recorder.LedIn();
        Requests.Restart();
    }

    /// <summary>Ends the count of an iteration and keeps it if the iteration enters the result.</summary>
    [IterationCleanup]
    public void EndIteration()
    {
        var counted = _recorder!.End(Requests.Answered);
        if (Stage == Stage.Timed)
        {
            _recorder.Keep(counted, Requests.Seconds());
        }
    }

    /// <inheritdoc/>
    public void WarmedUp(int iterations, bool capped)
    {
        _spread?.Dispose();
        if (Pattern.InFlight > 1)
        {
            // On the core of the timed calls answers come in bunches, and what handles those was not hot while they came one by one.
            var (more, stillCapped) = JitWarmup.Run(_iterate!, () => System.Runtime.JitInfo.GetCompiledMethodCount());
            (iterations, capped) = (iterations + more, stillCapped);
        }

        HeapWarmup.Run();
        _recorder!.WarmedUp(iterations, capped);
        if (WarmsUpElsewhere)
        {
            Close();
            GoTo(Asked(Context.Target(TargetId, TargetUrl, LinkMilliseconds)));
        }

        // A client that keeps no connection has nothing to open beforehand: a real target is spared the call.
        Stage = Stage.Rehearsal;
        Requests.Count = Target.IsLocal || Pattern.Reuses ? Pattern.PrimingCalls : 0;
    }

    /// <inheritdoc/>
    public void Rehearsed()
    {
        Stage = Stage.Timed;
        _recorder!.LeaveHandshakesToServer(Target);
    }

    /// <inheritdoc/>
    public void Fail(Exception exception)
    {
        if (!Failure.IsOfACall(exception))
        {
            return; // the process's log says what it was
        }

        _recorder?.Fail(string.Create(CultureInfo.InvariantCulture, $"request {Requests.Answered + 1} of {Requests.Count}: {Failure.Describe(exception)}"));
    }

    /// <inheritdoc/>
    public string Note() => JsonSerializer.Serialize(
        _recorder?.Launch(Spoken) ?? new LaunchReport { Target = TargetId, Client = Pattern.Id, Iterations = [] }, LaunchJson.Default.LaunchReport);

    /// <summary>Closes everything.</summary>
    [GlobalCleanup]
    public void CloseProcess()
    {
        _recorder?.SeeWhatIsLeft(Target);
        Close();
        _recorder?.Dispose();
    }

    /// <summary>The client pattern that a benchmark is named after.</summary>
    /// <param name="benchmark">Its full name.</param>
    protected virtual ClientPattern PatternOf(string benchmark)
    {
        ArgumentNullException.ThrowIfNull(benchmark);
        return ClientPatterns.All[KebabCase.Of(benchmark.Split('(')[0].Split('.')[^1])];
    }

    /// <summary>What the requests ask of the target, where that is not its fixed response in the usual way.</summary>
    protected virtual Target Asked(Target target) => target;

    /// <summary>Makes the clients that live longer than a call.</summary>
    protected abstract void Open(Target target);

    /// <summary>Disposes of them.</summary>
    protected abstract void Close();

    // Over a link round trips decide: the fixed response warms up as well as a megabyte would, in a fraction of the time.
    private void OpenWarmup()
    {
        var target = Context.WarmUpTarget(WarmupTarget);
        target = target with { HttpVersion = InsistsOn ?? target.HttpVersion };
        GoTo(LinkMilliseconds > 0 ? target : Asked(target));
    }

    private void GoTo(Target target)
    {
        Target = target;
        Open(target with { AskToClose = Context.SharedAsksToClose && Pattern.Reuses });
    }
}

/// <summary>A benchmark process's stages.</summary>
public enum Stage
{
    /// <summary>The first call, and calls until the JIT stands still.</summary>
    WarmUp,

    /// <summary>Once, in turn: a client that reuses its connection opens it.</summary>
    Rehearsal,

    /// <summary>What enters the result.</summary>
    Timed,
}
