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
                ledger.Settle(row, found => row.Pattern.Reuses ? Shared(found, report) : Fresh(found, report));
            }
        }

        return rows;
    }

    private static ResultRow Fresh(ResultRow row, ExhaustionReport report) => row with
    {
        Requests = report.FreshCalls,
        Connections = report.FreshCalls,
        ConnectionsOpened = report.FreshCalls,
        Status = report.Failure is null ? RowStatus.Failed : RowStatus.Measured,
        Reason = report.Failure is null
            ? $"no call failed, though there were only {report.Ports} ports"
            : $"call {report.FreshCalls + 1} failed with {report.Ports} ports to take: {report.Failure}; {report.TimeWait} sockets in TIME_WAIT",
        Advice = "share one client: a port stays in TIME_WAIT for 60 s after its connection was closed, and new clients need new ports",
    };

    private static ResultRow Shared(ResultRow row, ExhaustionReport report) => row with
    {
        Requests = report.SharedCalls,
        Connections = report.SharedPorts,
        ConnectionsOpened = 0,
        Status = report.SharedPorts == 1 ? RowStatus.Measured : RowStatus.Failed,
        Reason = $"{report.SharedCalls} calls on {report.SharedPorts} port{(report.SharedPorts == 1 ? "" : "s")}, while no other was free",
    };

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
