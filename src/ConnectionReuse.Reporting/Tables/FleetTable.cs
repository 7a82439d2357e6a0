using System.Globalization;
using System.Text;
using ConnectionReuse.Reporting.Model;
using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.Tables;

/// <summary>What clients that open connections cost a fleet, as Markdown: a table for each rate of calls.</summary>
internal static class FleetTable
{
    private static readonly Column<Row>[] Columns =
    [
        new("target", row => row.Call.Target, IsNumber: false),
        new("client", row => row.Call.Client, IsNumber: false),
        new("connections/s", row => Rate(row.Cost.ConnectionsPerSecond)),
        new("TLS handshakes/s, full and resumed", row => row.Cost is { FullHandshakesPerSecond: { } full, ResumedHandshakesPerSecond: { } resumed } ? $"{Rate(full)} and {Rate(resumed)}" : string.Empty),
        new("client cores", row => Cores(row.Cost.ClientCores)),
        new("server cores", row => Cores(row.Cost.ServerCores)),
        new("cores, both ends", row => Cores(row.Cost.Cores)),
        new("calls waiting to connect", row => row.Cost.Waiting is { } waiting ? Rate(waiting) : string.Empty),
        new("TIME_WAIT", row => Whole(row.Cost.TimeWait)),
        new("client addresses", row => Whole(row.Cost.Addresses)),
        new("SNAT nodes", row => Whole(row.Cost.SnatNodes)),
        new("NAT entries", row => Whole(row.Cost.NatEntries)),
        new("reused instead", row => $"{Whole(row.Cost.ReusedConnections)} connection{(row.Cost.ReusedConnections == 1 ? string.Empty : "s")}"),
    ];

    /// <summary>The tables and how to read them; they end with a line feed.</summary>
    /// <param name="file">The file that the calls come from.</param>
    /// <param name="calls">What single calls need.</param>
    /// <param name="rates">Calls a second.</param>
    /// <param name="rttSeconds">The round trip; null where nobody gave one.</param>
    /// <param name="onOneCore">Whether both ends were measured on one core.</param>
    public static string Render(ResultFile file, IReadOnlyList<FleetCall> calls, IEnumerable<double> rates, double? rttSeconds, bool onOneCore)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(calls);
        ArgumentNullException.ThrowIfNull(rates);
        var text = new StringBuilder();
        Row[] rows = [];
        foreach (var rate in rates)
        {
            rows = [.. calls.Select(call => new Row(call, FleetModel.Of(call, rate, rttSeconds, onOneCore)))];
            text.Append(CultureInfo.InvariantCulture, $"### {Rate(rate)} calls a second\n\n{MarkdownTable.Render(Columns, rows)}\n");
        }

        return text.Append(MarkdownText.List(Notes(file, rows, rttSeconds, onOneCore))).ToString();
    }

    private static IEnumerable<string> Notes(ResultFile file, Row[] rows, double? rttSeconds, bool onOneCore)
    {
        yield return string.Create(CultureInfo.InvariantCulture, $"from times and counts of one call on {file.Environment.Cpu ?? "an unknown processor"}, {file.Environment.Runtime}, {file.Start:yyyy-MM-dd}; everything else is arithmetic, nothing was measured at these rates");
        if (rows.Any(row => row.Cost.ServerCores is not null))
        {
            yield return "client cores, server cores: the CPU time of the two processes, as counted, that opening and closing connections takes beyond the call, in the runtime and in the kernel";
        }

        if (rows.Any(row => row.Cost.ServerCores is null))
        {
            yield return onOneCore
                ? "cores, both ends: the file has no CPU time of the two ends, and on one core the time that opening and closing connections takes beyond the call is the work of both together"
                : "cores are left out: the file has no CPU time of the two ends, and on several cores a call's time is not the sum of their work";
        }

        yield return rttSeconds is { } rtt
            ? $"round trip {Duration.Text(rtt)}: a call of a fresh client waits {string.Join(", ", rows.GroupBy(row => row.Call.ExtraRoundTrips).OrderBy(group => group.Key).Select(group => $"{group.Key} of them more ({string.Join(", ", group.Select(row => row.Call.Target).Distinct())})"))}"
            : "no round trip was given, and the file has none for this: calls that wait to connect are left out, and connections live as long as on loopback; --rtt TIME says it";
        yield return string.Create(CultureInfo.InvariantCulture, $"TIME_WAIT: the client closes first, and Linux keeps the port {FleetModel.TimeWaitSeconds:0} s; client addresses: each has {FleetModel.PortsOfAnAddress:N0} ports towards one server (Linux's default, not read from the file), one is enough up to {(rows.Length == 0 ? 0 : Math.Floor(rows.Min(row => row.Cost.MostPerAddress))):0} calls a second");
        yield return string.Create(CultureInfo.InvariantCulture, $"SNAT nodes: {FleetModel.PortsOfANode:N0} ports each, Azure's default up to 50 nodes, kept {FleetModel.TimeWaitSeconds:0} s; NAT entries: of a Linux router, kept {FleetModel.NatSeconds:0} s");
        yield return "reused instead: connections that are busy at once with the same calls, one call at a time on each";
        foreach (var row in file.Rows.Where(row => row is { Parameters.Class: "Exhaustion", Status: RowStatus.Measured, Reason: not null } && !row.Declared.Reuses).Take(1))
        {
            yield return $"measured beside it, in a network namespace with few ports (class Exhaustion): {row.Reason}";
        }
    }

    private static string Cores(double? cores) => cores is { } number ? Figure.Text(number, Figure.Decimals(number, null, null)) : string.Empty;

    private static string Rate(double number) => number.ToString(number < 10 ? "0.##" : "N0", CultureInfo.InvariantCulture);

    private static string Whole(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private sealed record Row(FleetCall Call, FleetCost Cost);
}
