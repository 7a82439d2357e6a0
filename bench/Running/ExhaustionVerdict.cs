using ConnectionReuse.Ports;
using ConnectionReuse.Reporting.Results;

namespace ConnectionReuse.Bench.Running;

/// <summary>What a report says of the two rows of <see cref="Benchmarks.Exhaustion"/>.</summary>
public static class ExhaustionVerdict
{
    /// <summary>A row with what the report found.</summary>
    /// <param name="row">The row so far.</param>
    /// <param name="reuses">Whether it is the shared client's.</param>
    /// <param name="report">What was found.</param>
    public static ResultRow Of(ResultRow row, bool reuses, ExhaustionReport report)
    {
        ArgumentNullException.ThrowIfNull(row);
        ArgumentNullException.ThrowIfNull(report);
        return reuses ? Shared(row, report) : Fresh(row, report);
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
}
