using BenchmarkDotNet.Running;
using ConnectionReuse.BenchmarkDotNet;
using ConnectionReuse.Results;
using ConnectionReuse.Servers;

namespace ConnectionReuse.Bench.Running;

/// <summary>
/// Sees each launch of a group begin and end: free ports before it, progress, and after it what was found, saved at once, so
/// that a run that is interrupted loses nothing.
/// </summary>
internal sealed class RunObserver
{
    private readonly Dictionary<string, string> _leftAlone = new(StringComparer.Ordinal);

    /// <summary>The run's rows.</summary>
    public required RowLedger Ledger { get; init; }

    /// <summary>Where progress is shown.</summary>
    public required RunProgress Progress { get; init; }

    /// <summary>The servers; null when the run needs none.</summary>
    public required ServerProcess? Server { get; init; }

    /// <summary>Free client ports.</summary>
    public required RowPorts Ports { get; init; }

    /// <summary>Writes the result file as it stands.</summary>
    public required Action Save { get; init; }

    /// <summary>Tells the launches to come which real targets get no more requests.</summary>
    public required Action<IReadOnlyList<string>> LeaveAlone { get; init; }

    /// <summary>Ends the run.</summary>
    public required CancellationToken Interrupted { get; init; }

    /// <summary>How the rows of the run take turns.</summary>
    /// <param name="seed">Decides every order.</param>
    /// <param name="iterationsAsked">Whether the user set the iterations of a launch: then each is a turn.</param>
    public TurnsOptions Turns(int seed, bool iterationsAsked) => new()
    {
        GroupOf = GroupOf,
        IterationsOfATurn = benchmark => iterationsAsked ? 1 : PlanOf(RowKey.Of(benchmark, null)).IterationsOfATurn,
        Staged = true,
        Seed = seed,
        OnOneCore = true,
        FailTogether = benchmark => Ledger.Of(benchmark).TargetId == TargetIds.Real,
        Launching = Launch,
        Launched = Book,
        Taking = turn => Progress.Take(Ledger.Of(turn.Benchmark)),
        Interrupted = Interrupted,
    };

    private static TurnPlan PlanOf(RowKey row) => TurnPlan.Of(row.TargetId, row.LinkMilliseconds, row.Pattern);

    private static object? GroupOf(BenchmarkCase benchmark)
    {
        var row = RowKey.Of(benchmark, null);
        return TurnPlan.Alone(row.Pattern) is null ? (benchmark.Descriptor.Type, benchmark.Job, row.Url, row.Case) : null;
    }

    private void Launch(IReadOnlyList<BenchmarkCase> benchmarks, int round)
    {
        Interrupted.ThrowIfCancellationRequested();
        RowKey[] rows = [.. benchmarks.Select(Ledger.Of)];
        Progress.Begin(rows, round, Ledger.Rounds(rows[0]));
        Ports.Ensure(rows);
    }

    private void Book(Launched launched)
    {
        Interrupted.ThrowIfCancellationRequested(); // a launch that was cut off is not booked
        Server?.ThrowIfEnded();
        var row = Ledger.Of(launched.Benchmark);
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

        Progress.End();
        Save();
    }
}
