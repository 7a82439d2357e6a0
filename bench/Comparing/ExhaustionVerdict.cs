using ConnectionReuse.OutOfPorts;
using ConnectionReuse.Reporting.Rows;
using ConnectionReuse.Results;

namespace ConnectionReuse.Bench.Comparing;

/// <summary>What the reports of all rounds say of the two rows of <see cref="Benchmarks.Exhaustion"/>.</summary>
internal static class ExhaustionVerdict
{
    private const string Why = "it uses up the ports of a network namespace of its own";

    /// <summary>
    /// A row with what the first round found and the times of all that made as many calls: a port more or less is in use as it
    /// happens. A round that did not show what the row is about fails it.
    /// </summary>
    /// <param name="row">The row so far.</param>
    /// <param name="reuses">Whether it is the shared client's.</param>
    /// <param name="reports">What was found, a report for each round.</param>
    public static ResultRow Of(ResultRow row, bool reuses, IReadOnlyList<ExhaustionReport> reports)
    {
        ArgumentNullException.ThrowIfNull(row);
        ArgumentNullException.ThrowIfNull(reports);
        var found = reports.Select(report => reuses ? Shared(row, report) : Fresh(row, report)).ToArray();
        var failed = Array.FindIndex(found, one => one.Status != RowStatus.Measured);
        if (failed >= 0)
        {
            return found[failed] with { Reason = $"round {failed + 1}: {found[failed].Reason}" };
        }

        var launches = reports
            .Select((report, index) => (report.FreshCalls, Launch: new Launch(index + 1, [reuses ? report.SharedSeconds : report.FreshSeconds])))
            .Where(round => round.FreshCalls == reports[0].FreshCalls);
        return (found[0] with { Launches = [.. launches.Select(round => round.Launch)] }).WithFigures();
    }

    private static ResultRow Fresh(ResultRow row, ExhaustionReport report) => row with
    {
        Requests = report.FreshCalls,
        Counts = new Counts { Requests = report.FreshCalls, Carrying = report.FreshConnections, Opened = report.FreshOpened },
        CountedIterations = 1,
        Method = Method.Alone,
        MethodReason = Why,
        Status = report.Failure is not null && (report.FreshConnections, report.FreshOpened) == (report.FreshCalls, report.FreshCalls) ? RowStatus.Measured : RowStatus.Failed,
        Reason = report.Failure is null
            ? $"no call failed, though there were only {report.Ports} ports"
            : (report.FreshConnections, report.FreshOpened) != (report.FreshCalls, report.FreshCalls)
                ? $"{report.FreshCalls} calls on {report.FreshConnections} connections, {report.FreshOpened} of them opened for them"
            : $"call {report.FreshCalls + 1} failed with {report.Ports} ports to take: {report.Failure}; {report.TimeWait} sockets in TIME_WAIT",
        Declared = row.Declared with { Remedy = "share one client: a port stays in TIME_WAIT for 60 s after its connection was closed, and new clients need new ports" },
    };

    private static ResultRow Shared(ResultRow row, ExhaustionReport report) => row with
    {
        Requests = report.SharedCalls,
        Counts = new Counts { Requests = report.SharedCalls, Carrying = report.SharedPorts, Opened = report.SharedOpened },
        CountedIterations = 1,
        Method = Method.Alone,
        MethodReason = Why,
        Status = report is { SharedPorts: 1, SharedOpened: 0 } ? RowStatus.Measured : RowStatus.Failed,
        Reason = $"{report.SharedCalls} calls on {report.SharedPorts} port{(report.SharedPorts == 1 ? "" : "s")}, while no other was free",
    };
}
