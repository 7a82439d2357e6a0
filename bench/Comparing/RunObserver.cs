using BenchmarkDotNet.Running;
using ConnectionReuse.Results;
using ConnectionReuse.Turns.BenchmarkDotNet;

namespace ConnectionReuse.Bench.Comparing;

/// <summary>
/// Sees each launch of a group begin and end: free ports before it, progress, and after it what was found, saved at once, so
/// that a run that is interrupted loses nothing.
/// </summary>
internal sealed class RunObserver
{
    // BenchmarkDotNet kills its processes on Ctrl-C and Ctrl-\ itself, and its handler runs before ours: a process that has died
    // without a note may be the first that this program hears of the signal.
    private static readonly TimeSpan UntilASignalIsHeard = TimeSpan.FromSeconds(2);

    private readonly Dictionary<string, string> _leftAlone = new(StringComparer.Ordinal);

    /// <summary>What is run.</summary>
    public required ComparisonPlan Plan { get; init; }

    /// <summary>What came back.</summary>
    public required RowLedger Ledger { get; init; }

    /// <summary>Where progress is shown.</summary>
    public required RunProgress Progress { get; init; }

    /// <summary>Throws when the servers have ended.</summary>
    public required Action EnsureServers { get; init; }

    /// <summary>Free client ports.</summary>
    public required RowPorts Ports { get; init; }

    /// <summary>Writes the result file as it stands.</summary>
    public required Action Save { get; init; }

    /// <summary>Tells the launches to come which real targets get no more requests.</summary>
    public required Action<IReadOnlyList<string>> LeaveAlone { get; init; }

    /// <summary>Ends the run.</summary>
    public required CancellationToken Interrupted { get; init; }

    /// <summary>How the rows of the run take turns.</summary>
    public TurnsOptions Turns() => new()
    {
        GroupOf = GroupOf,
        IterationsOfATurn = benchmark => Plan.Of(benchmark).Plan.IterationsOfATurn,
        Seed = Plan.Seed,
        OnOneCore = true,
        FailTogether = benchmark => Plan.Of(benchmark).Key.TargetId == TargetIds.Real,
        Launching = Launch,
        Launched = Book,
        Interrupted = Interrupted,
    };

    private object? GroupOf(BenchmarkCase benchmark)
    {
        var row = Plan.Of(benchmark);
        return row.Alone is null ? (benchmark.Descriptor.Type, benchmark.Job, row.Key.Url, row.Key.Case) : null;
    }

    private void Launch(IReadOnlyList<BenchmarkCase> benchmarks, int round)
    {
        Interrupted.ThrowIfCancellationRequested();
        PlannedRow[] planned = [.. benchmarks.Select(Plan.Of)];
        RowKey[] rows = [.. planned.Select(row => row.Key)];
        Progress.Begin(rows, round, planned[0].Rounds);
        Ports.Ensure(rows);
    }

    private void Book(Launched launched)
    {
        if (launched.Note is null)
        {
            Interrupted.WaitHandle.WaitOne(UntilASignalIsHeard); // BenchmarkDotNet calls its observer synchronously
        }

        Interrupted.ThrowIfCancellationRequested(); // a launch that was cut off is not booked
        EnsureServers();
        var row = Plan.Of(launched.Benchmark).Key;
        if (_leftAlone.TryGetValue(row.Url ?? string.Empty, out var reason))
        {
            Ledger.Settle(row, RowStatus.NotRun, reason); // its process ended before the first request
        }
        else
        {
            Ledger.Book(launched);
        }

        if (row.Url is not null && Ledger.FailureOf(row) is not null && _leftAlone.TryAdd(row.Url, $"the target is left alone since {row.Client} failed"))
        {
            LeaveAlone([.. _leftAlone.Keys]);
        }

        Progress.End(row, Ledger.SecondsOf(row));
        Save();
    }
}
