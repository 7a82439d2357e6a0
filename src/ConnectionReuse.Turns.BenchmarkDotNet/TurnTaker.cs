using System.Diagnostics;
using BenchmarkDotNet.Analysers;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Validators;

namespace ConnectionReuse.Turns.BenchmarkDotNet;

/// <summary>
/// One live benchmark process, as its executor's diagnoser. The process asks for its next iteration by the signal of
/// BenchmarkDotNet's protocol that waits for an answer, and has ended the one before when it asks again.
/// </summary>
/// <param name="diagnoser">The diagnoser that was asked for; null for none.</param>
/// <param name="diagnosers">Held while any diagnoser of the group is called: they are not made for concurrency.</param>
/// <param name="staged">Whether the process asks for its first run, and once more when that has ended, before it warms up.</param>
internal sealed class TurnTaker(IDiagnoser? diagnoser, Lock diagnosers, bool staged) : IDiagnoser
{
    private readonly object _monitor = new();
    private Process? _process;
    private int _asked;
    private bool _asks;
    private bool _granted;
    private bool _ended;
    private bool _completed;
    private bool _released;

    public IEnumerable<string> Ids => [nameof(TurnTaker)];

    public IEnumerable<IExporter> Exporters => [];

    public IEnumerable<IAnalyser> Analysers => [];

    /// <summary>Whether the process asks for its first run, and once more when that has ended, before it warms up.</summary>
    public bool Staged => staged;

    /// <summary>Whether the process ended without all of its iterations.</summary>
    public bool Failed
    {
        get
        {
            lock (_monitor)
            {
                return _ended && !_completed;
            }
        }
    }

    /// <summary>Waits until the process has been started, or could not be.</summary>
    public bool WaitForStart(TimeSpan patience) => WaitFor(() => _process is not null || _ended, patience);

    /// <summary>Waits until the process asks for an iteration.</summary>
    /// <returns>False when it has had its last one.</returns>
    /// <exception cref="TimeoutException">It neither asks nor ends.</exception>
    public bool WaitForQuestion(TimeSpan patience)
    {
        lock (_monitor)
        {
            return WaitFor(() => _asks || _ended, patience) ? !_ended
                : throw new TimeoutException($"a benchmark process did not end its iteration within {patience.TotalSeconds:0} s");
        }
    }

    /// <summary>Lets the process run the iteration that it asks for.</summary>
    public void Grant()
    {
        lock (_monitor)
        {
            (_asks, _granted) = (false, true);
            Monitor.PulseAll(_monitor);
        }
    }

    /// <summary>The process has had its last iteration, has ended, or never started.</summary>
    public void End()
    {
        lock (_monitor)
        {
            (_ended, _granted) = (true, true);
            Monitor.PulseAll(_monitor);
        }
    }

    /// <summary>Lets the process clean up and end, once nobody has turns any more: it would take its share of the core from them.</summary>
    public void Release()
    {
        lock (_monitor)
        {
            _released = true;
            Monitor.PulseAll(_monitor);
        }
    }

    /// <summary>Whether the process was ended before its last iteration by another one's failure or by the user.</summary>
    public bool Killed { get; private set; }

    /// <summary>Ends the process.</summary>
    public void Kill()
    {
        lock (_monitor)
        {
            Killed |= !_ended;
            try
            {
                _process?.Kill(entireProcessTree: true);
            }
            catch (InvalidOperationException)
            {
                // it has ended, or BenchmarkDotNet, which hears of Ctrl-C too, was faster
            }
        }

        End();
        Release();
    }

    public void Handle(HostSignal signal, DiagnoserActionParameters parameters)
    {
        if (signal != HostSignal.BeforeActualRun || _asked++ == (staged ? 2 : 0))
        {
            lock (diagnosers)
            {
                diagnoser?.Handle(signal, parameters);
            }
        }

        switch (signal)
        {
            case HostSignal.AfterProcessStart:
                lock (_monitor)
                {
                    _process = parameters.Process;
                    Monitor.PulseAll(_monitor);
                }

                break;
            case HostSignal.BeforeActualRun:
                Ask();
                break;
            case HostSignal.AfterActualRun:
                _completed = true;
                End();
                WaitForRelease();
                break;
            case HostSignal.AfterProcessExit:
                End();
                break;
            default:
                break;
        }
    }

    public RunMode GetRunMode(BenchmarkCase benchmarkCase) => RunMode.NoOverhead;

    public IEnumerable<Metric> ProcessResults(DiagnoserResults results) => [];

    public void DisplayResults(ILogger logger)
    {
    }

    public IEnumerable<ValidationError> Validate(ValidationParameters validationParameters) => [];

    private void Ask()
    {
        lock (_monitor)
        {
            if (_ended)
            {
                return;
            }

            (_asks, _granted) = (true, false);
            Monitor.PulseAll(_monitor);
            while (!_granted)
            {
                Monitor.Wait(_monitor);
            }
        }
    }

    private void WaitForRelease()
    {
        lock (_monitor)
        {
            while (!_released)
            {
                Monitor.Wait(_monitor);
            }
        }
    }

    private bool WaitFor(Func<bool> condition, TimeSpan patience)
    {
        var start = Stopwatch.GetTimestamp();
        lock (_monitor)
        {
            while (!condition())
            {
                if (patience - Stopwatch.GetElapsedTime(start) is not { Ticks: > 0 } left || !Monitor.Wait(_monitor, left))
                {
                    return condition();
                }
            }

            return true;
        }
    }
}
