using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains;
using BenchmarkDotNet.Toolchains.Parameters;
using BenchmarkDotNet.Toolchains.Results;

namespace ConnectionReuse.Turns.BenchmarkDotNet;

/// <summary>One benchmark's process within the launch of a group, on a thread of its own.</summary>
internal sealed class MemberLaunch
{
    private readonly AccumulationLogger _log = new();
    private readonly Func<ExecuteResult> _execute;
    private Thread? _thread;
    private ExecuteResult? _result;
    private Exception? _failure;

    public MemberLaunch(IExecutor executor, ExecuteParameters asked, BenchmarkBuildInfo member, TurnTaker taker)
    {
        Benchmark = member.BenchmarkCase;
        Taker = taker;
        var parameters = new ExecuteParameters(asked.BuildResult, Benchmark, member.Id, _log, asked.Resolver, asked.LaunchIndex, Taker);
        _execute = () => executor.Execute(parameters);
    }

    public BenchmarkCase Benchmark { get; }

    public TurnTaker Taker { get; }

    public int Turns { get; set; }

    /// <summary>What BenchmarkDotNet makes of the process; after <see cref="Join"/>.</summary>
    /// <exception cref="InvalidOperationException">The executor threw.</exception>
    public ExecuteResult Result => _result ?? throw new InvalidOperationException($"{Benchmark.DisplayInfo} could not be launched: {_failure?.Message}", _failure);

    /// <summary>What the executor logged.</summary>
    public string Log => _log.GetLog();

    /// <summary>Starts the process and returns when it is there.</summary>
    /// <param name="onOneCore">Whether it is to have the last core only.</param>
    /// <param name="patience">How long to wait for it.</param>
    public void Start(bool onOneCore, TimeSpan patience)
    {
        _thread = new Thread(() => Execute(onOneCore)) { IsBackground = true, Name = Benchmark.DisplayInfo };
        _thread.Start();
        Taker.WaitForStart(patience);
    }

    /// <summary>Waits until the process has ended.</summary>
    public void Join() => _thread?.Join();

    private void Execute(bool onOneCore)
    {
        try
        {
            using var pinned = onOneCore ? Placement.PinChildren() : null; // a process has the cores of the thread that starts it
            _result = _execute();
        }
#pragma warning disable CA1031 // thrown again on the thread that asked
        catch (Exception e)
#pragma warning restore CA1031
        {
            _failure = e;
        }
        finally
        {
            Taker.End();
        }
    }
}
