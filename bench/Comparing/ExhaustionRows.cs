using System.Text.Json;
using ConnectionReuse.Bench.Commands;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.OutOfPorts;
using ConnectionReuse.Ports;
using ConnectionReuse.Processes;
using ConnectionReuse.Results;
using ConnectionReuse.Turns;

namespace ConnectionReuse.Bench.Comparing;

/// <summary>The rows of <see cref="Benchmarks.Exhaustion"/>: in each round one process in a network namespace of its own finds them out.</summary>
internal static class ExhaustionRows
{
    private const int NoNamespace = 1; // unshare's own exit code
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Runs it, if the run has such rows, and settles them.</summary>
    /// <returns>The rows that need no launch any more.</returns>
    public static async Task<IReadOnlyList<RowKey>> SettleAsync(ComparisonPlan plan, RowLedger ledger, RunProgress progress, PassedOn passedOn, CancellationToken interrupted)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(ledger);
        ArgumentNullException.ThrowIfNull(progress);
        PlannedRow[] planned = [.. plan.Rows.Where(row => row.Key.Class == nameof(Benchmarks.Exhaustion) && row.Key.Unsupported is null)];
        RowKey[] rows = [.. planned.Select(row => row.Key)];
        if (rows.Length == 0)
        {
            return rows;
        }

        var reports = new List<ExhaustionReport>();
        var rounds = planned.Max(row => row.Rounds);
        for (var round = 1; round <= rounds; round++)
        {
            progress.Begin(rows, round, rounds);
            var (report, supported, error) = await RunAsync(passedOn, interrupted);
            if (report is null)
            {
                Array.ForEach(rows, row => ledger.Settle(row, supported ? RowStatus.Failed : RowStatus.Unsupported, error));
                return rows;
            }

            reports.Add(report);
        }

        Array.ForEach(rows, row => ledger.Settle(row, found => ExhaustionVerdict.Of(found, row.Pattern.Reuses, reports)));
        return rows;
    }

    private static async Task<(ExhaustionReport? Report, bool Supported, string Error)> RunAsync(PassedOn passedOn, CancellationToken interrupted)
    {
        try
        {
            var said = await StartAsync(passedOn, interrupted);
            return said.ExitCode switch
            {
                (int)ExitCode.Done => (JsonSerializer.Deserialize(said.Output, ExhaustionJson.Default.ExhaustionReport), true, string.Empty),
                NoNamespace or (int)ExitCode.WrongUse => (null, false, $"no network namespace could be bounded here: {said.LastWords}"),
                _ => (null, true, said.LastWords),
            };
        }
        catch (IOException e)
        {
            return (null, true, e.Message);
        }
    }

    private static Task<ProcessOutput> StartAsync(PassedOn passedOn, CancellationToken interrupted)
    {
        using var pinned = Placement.PinChildren(); // client and server are one process here: on one core as elsewhere
        return ChildProcess.RunAsync(
            passedOn.To(ThisProgram.StartRole([ExhaustionCommand.Name, PortNamespace.Current()], PortNamespace.Unshare, "--net")), "the process without ports", Patience, interrupted);
    }
}
