using System.Diagnostics;
using System.Text.Json;
using ConnectionReuse.Bench.Commands;
using ConnectionReuse.Ports;
using ConnectionReuse.Reporting.Results;

namespace ConnectionReuse.Bench.Running;

/// <summary>The rows of <see cref="Benchmarks.Exhaustion"/>: one process in a network namespace of its own finds them out.</summary>
public static class ExhaustionRows
{
    private const int NoNamespace = 1; // unshare's own exit code
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Runs it, if the run has such rows, and settles them.</summary>
    /// <returns>The rows that need no launch any more.</returns>
    public static async Task<IReadOnlyList<RowKey>> SettleAsync(RowLedger ledger, CancellationToken interrupted)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        RowKey[] rows = [.. ledger.Rows.Where(row => row.Question == nameof(Benchmarks.Exhaustion) && row.Unsupported is null)];
        if (rows.Length == 0)
        {
            return rows;
        }

        var (report, supported, error) = await RunAsync(interrupted);
        foreach (var row in rows)
        {
            if (report is null)
            {
                ledger.Settle(row, supported ? RowStatus.Failed : RowStatus.Unsupported, error);
            }
            else
            {
                ledger.Settle(row, found => ExhaustionVerdict.Of(found, row.Pattern.Reuses, report));
            }
        }

        return rows;
    }

    private static async Task<(ExhaustionReport? Report, bool Supported, string Error)> RunAsync(CancellationToken interrupted)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(interrupted);
        patience.CancelAfter(Patience);
        var self = Self.Start([ExhaustionCommand.Name, PortNamespace.Current()]);
        var start = new ProcessStartInfo(PortNamespace.Unshare, ["--net", self.FileName, .. self.ArgumentList])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        try
        {
            var errors = process.StandardError.ReadToEndAsync(patience.Token);
            var output = await process.StandardOutput.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            var error = (await errors).Split('\n', 2)[0];
            return process.ExitCode switch
            {
                (int)ExitCode.Done => (JsonSerializer.Deserialize(output, ExhaustionJson.Default.ExhaustionReport), true, string.Empty),
                NoNamespace or (int)ExitCode.WrongUse => (null, false, $"no network namespace could be bounded here: {error}"),
                _ => (null, true, error),
            };
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            interrupted.ThrowIfCancellationRequested();
            return (null, true, $"not at its end after {Patience.TotalSeconds:0} s");
        }
    }
}
