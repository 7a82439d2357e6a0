using ConnectionReuse.Clients;
using ConnectionReuse.Peers;
using ConnectionReuse.Reporting.Rows;
using ConnectionReuse.Reporting.Statistics;
using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.Tables;

/// <summary>What stands below the rows of one comparison: what their figures rest on, and what is missing and why.</summary>
internal static class TimeitNotes
{
    // Below it the t quantile is above 3: the interval holds its level, but is wide.
    private const int FewLaunches = 5;

    public static IEnumerable<string> Of(RowGroup group, IReadOnlyCollection<ResultRatio> ratios)
    {
        var pairs = RowPair.Of(group).ToArray();
        return
        [
            .. Intervals(group), .. MissingRatios(pairs, ratios), .. Kernel(group), .. Tools(group), .. Advice(group), .. Pauses(group),
            .. Deviations(group),
        ];
    }

    private static IEnumerable<string> Intervals(RowGroup group)
    {
        var byLaunches = group.Rows.Where(row => row.HasTimes()).GroupBy(row => row.Launches.Count).ToArray();
        return byLaunches.Select(rows => byLaunches.Length > 1 ? $"{Clients(rows)}: {Basis(rows.Key)}" : Basis(rows.Key));
    }

    private static string Basis(int launches) => launches switch
    {
        < LogInterval.MinimumLaunches =>
            $"{Count(launches)}: an interval needs at least {LogInterval.MinimumLaunches}, so there is neither interval nor ratio",
        < FewLaunches => $"{Percent} intervals over only {Count(launches)}: wide",
        _ => $"{Percent} intervals over {Count(launches)}",
    };

    private static string Percent => Figure.Text(100 * LogInterval.Confidence, 0) + "%";

    private static string Count(int launches) => launches == 1 ? "1 round" : $"{launches} rounds";

    private static IEnumerable<string> MissingRatios(IEnumerable<RowPair> pairs, IReadOnlyCollection<ResultRatio> ratios) =>
        from pair in pairs
        where pair is { Slow.Low: not null, Fast.Low: not null }
        where !ratios.Any(ratio => ratio.Slow == pair.Slow.Client && ratio.Fast == pair.Fast.Client)
        select $"{pair.Slow.Client}, {pair.Fast.Client}: no ratio, because fewer than {LogInterval.MinimumLaunches} rounds have both";

    private static IEnumerable<string> Tools(RowGroup group)
    {
        var tls = group.Rows.Any(row => row.TlsProtocol is not null || row.FullHandshakes > 0);
        foreach (var rows in group.Rows.Where(row => row.Tool is not null && row.HasTimes()).GroupBy(row => (row.Tool, row.ToolChecksCertificates)))
        {
            var tool = PeerTools.All.FirstOrDefault(peer => peer.Rows.Any(row => row.Id == rows.First().Client));
            var certificate = !tls ? "" : rows.Key.ToolChecksCertificates == true ? "; checks the certificate" : "; does not check the certificate";
            yield return $"{Clients(rows)}: {rows.Key.Tool}, {(tool is { TimesItself: false } ? "its processes timed with their starts" : "as it times itself")}{certificate}";
        }

        foreach (var row in group.Rows.Where(row => row.ConnectionsOpened > 1 && PeerTools.All.Any(peer => peer.Rows.Any(way => way.Id == row.Client && way.Reuses))))
        {
            yield return $"{row.Client}: asked to reuse its connection, it opened {Figure.Count(row.ConnectionsOpened!.Value)}";
        }
    }

    // The kernel counts the connections of every process: more than the client's own are somebody else's.
    private static IEnumerable<string> Kernel(RowGroup group) => group.Rows
        .Where(row => row.Link is null && row.KernelConnectionsOpened > row.ConnectionsOpened) // a relay opens connections too
        .Select(row => $"{row.Client}: the kernel opened {Figure.Count(row.KernelConnectionsOpened!.Value)} connections per iteration, " +
            $"{Figure.Count(row.ConnectionsOpened!.Value)} of them this client's: other programs used the network meanwhile");

    /// <summary>What the time of a paced row is; null for all others.</summary>
    public static string? Waiting(ResultRow row) =>
        row.HasTimes() && ClientPatterns.All.GetValueOrDefault(row.Client)?.Pause is { } pause && pause > TimeSpan.Zero
            ? $"its time is mostly waiting, {Duration.Text(pause.TotalSeconds)} before each call, so it has no ratio"
            : null;

    private static IEnumerable<string> Pauses(RowGroup group) => group.Rows
        .Where(row => Waiting(row) is not null)
        .Select(row => $"{row.Client}: {Waiting(row)}");

    private static IEnumerable<string> Advice(RowGroup group) => group.Rows
        .Where(row => row is { Advice: not null, Status: RowStatus.Measured or RowStatus.Partial } && !DiagnosisTable.Shows(group)) // which has it as its remedy
        .Select(row => $"{row.Client}: instead, {row.Advice}");

    private static IEnumerable<string> Deviations(RowGroup group) => group.Rows
        .Where(row => row.Status != RowStatus.Measured || row.Reason is not null)
        .GroupBy(Describe)
        .Select(rows => $"{Clients(rows)}: {rows.Key}");

    private static string Describe(ResultRow row)
    {
        var status = row.Status == RowStatus.Measured ? null : row.Status.Words();
        var failures = row.Failures switch
        {
            0 => "",
            1 => " (1 failed request)",
            var count => $" ({count} failed requests)",
        };
        return string.Join(": ", new[] { status, row.Reason }.OfType<string>()) + failures;
    }

    private static string Clients(IEnumerable<ResultRow> rows) => string.Join(", ", rows.Select(row => row.Client));
}
