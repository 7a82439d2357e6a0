using BenchmarkDotNet.EventProcessors;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using ConnectionReuse.BenchmarkDotNet;
using ConnectionReuse.Results;
using ConnectionReuse.Servers;
using ConnectionReuse.Turns;

namespace ConnectionReuse.Bench.Running;

/// <summary>
/// Stands beside BenchmarkDotNet while it runs: checks ports before a row, books each case as it ends, and stops the run
/// when the user or a dead server asks for it.
/// </summary>
public sealed class RunObserver : EventProcessor
{
    private readonly Dictionary<string, string> _leftAlone = new(StringComparer.Ordinal);
    private IDisposable? _pinned;

    /// <summary>The rows of the run.</summary>
    public required RowLedger Ledger { get; init; }

    /// <summary>The launches' proofs.</summary>
    public required ConnectionsDiagnoser Proofs { get; init; }

    /// <summary>Shows how far the run is.</summary>
    public required RunProgress Progress { get; init; }

    /// <summary>The local targets; null when the run has none.</summary>
    public required ServerProcess? Server { get; init; }

    /// <summary>Checks ports before a launch.</summary>
    public required RowPorts Ports { get; init; }

    /// <summary>Keeps what is booked so far.</summary>
    public required Action Save { get; init; }

    /// <summary>Called with the real targets that must be left alone from now on.</summary>
    public required Action<IReadOnlyList<string>> LeaveAlone { get; init; }

    /// <summary>Cancelled when the user wants the run to end.</summary>
    public required CancellationToken Interrupted { get; init; }

    /// <summary>Places what this thread starts from now on: BenchmarkDotNet starts its launches on it.</summary>
    public override void OnEndBuildStage()
    {
        Interrupted.ThrowIfCancellationRequested();
        _pinned = Placement.PinChildren();
    }

    /// <inheritdoc/>
    public override void OnStartRunBenchmark(BenchmarkCase benchmarkCase)
    {
        Interrupted.ThrowIfCancellationRequested();
        var (row, round) = Ledger.Of(benchmarkCase);
        Progress.Begin(row, round, Ledger.Rounds(row));
        Ports.Ensure(row);
    }

    /// <inheritdoc/>
    public override void OnEndRunBenchmark(BenchmarkCase benchmarkCase, BenchmarkReport report)
    {
        Interrupted.ThrowIfCancellationRequested(); // a launch that was cut off is not booked
        Server?.ThrowIfEnded();
        var (row, _) = Ledger.Of(benchmarkCase);
        if (_leftAlone.TryGetValue(row.Url ?? string.Empty, out var reason))
        {
            Ledger.Settle(row, RowStatus.NotRun, reason); // its process ended before the first request
        }
        else
        {
            Ledger.Book(benchmarkCase, report, Proofs);
        }

        if (row.Url is not null && Ledger.FailureOf(row) is not null && _leftAlone.TryAdd(row.Url, $"the target is left alone since {row.Client} failed"))
        {
            LeaveAlone([.. _leftAlone.Keys]);
        }

        Progress.End();
        Save();
    }

    /// <inheritdoc/>
    public override void OnEndRunStage() => _pinned?.Dispose();
}
