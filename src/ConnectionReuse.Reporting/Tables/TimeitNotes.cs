using ConnectionReuse.Reporting.Rows;
using ConnectionReuse.Reporting.Statistics;
using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.Tables;

/// <summary>What stands below the rows of one comparison: what their figures rest on, and what is missing and why.</summary>
internal static class TimeitNotes
{
    // Below it the t quantile is above 3: the interval holds its level, but is wide.
    private const int FewLaunches = 5;

    /// <summary>Everything, for a table that stands alone.</summary>
    public static IEnumerable<string> Of(RowGroup group, IReadOnlyCollection<ResultRatio> ratios) =>
    [
        .. OfFigures(group, ratios), .. Advice(group).Select(row => $"{row.Client}: instead, {RowText.Remedy(row)}"), .. RemarkLines.Of(group.Rows.Select(row => (row.Client, row))), .. Deviations(group),
    ];

    /// <summary>What the figures rest on and what to do instead, without the remarks that several tables may share.</summary>
    public static IEnumerable<string> OfFigures(RowGroup group, IReadOnlyCollection<ResultRatio> ratios) =>
    [
        .. Intervals(group), .. Sockets(ratios), .. FirstCalls(group), .. MissingRatios(RowPair.Of(group), ratios), .. Kernel(group), .. Tools(group), .. Pauses(group),
    ];

    private static IEnumerable<string> Intervals(RowGroup group)
    {
        var byLaunches = group.Rows.Where(row => row.HasTimes()).GroupBy(row => (row.Launches.Count, row.Requests)).ToArray();
        return byLaunches.Select(rows =>
            $"{(byLaunches.Length > 1 ? $"{Clients(rows)}: " : "")}{Calls(rows.Key.Requests)} a time, {Basis(rows.Key.Count)}{Reaches(rows)}");
    }

    private static string Calls(int requests) => requests == 1 ? "1 call" : $"{requests} calls";

    private static string Reaches(IEnumerable<ResultRow> rows)
    {
        string[] reaches = [.. from row in rows
                               where row is { Median: { }, Low: { }, High: { } }
                               select $"{row.Client} {Figure.Reach(row.Median!.Value, row.Low!.Value, row.High!.Value)}"];
        return reaches.Length == 0 ? "" : $"; of ms/call they reach to {string.Join(", ", reaches)}";
    }

    private static IEnumerable<string> Sockets(IEnumerable<ResultRatio> ratios)
    {
        string[] floors = [.. ratios.Where(ratio => ratio.Kind == RatioKind.Floor).Select(ratio => $"{ratio.Slow} {RatioText.Of(ratio)}")];
        return floors.Length == 0 ? [] : [$"x bare socket, the time over that of the same bytes on a bare Socket or SslStream: {string.Join(", ", floors)}"];
    }

    private static IEnumerable<string> FirstCalls(RowGroup group)
    {
        string[] clients =
        [
            .. from row in @group.Rows
               let seconds = row.Launches.Select(launch => launch.FirstCallSeconds).OfType<double>().ToArray()
               where seconds.Length > 0
               select $"{row.Client} {Duration.Text(Samples.Median(seconds))}",
        ];
        return clients.Length == 0 ? [] : [$"the first call of a fresh process: {string.Join(", ", clients)}"];
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
        var tls = group.Rows.Any(row => row.TlsProtocol is not null || row.Counts?.FullHandshakes > 0);
        foreach (var rows in group.Rows.Where(row => row.Declared.Tool is not null && row.HasTimes()).GroupBy(row => row.Declared.Tool!))
        {
            var certificate = !tls ? "" : rows.Key.ChecksCertificates ? "; checks the certificate" : "; does not check the certificate";
            yield return $"{Clients(rows)}: {rows.Key.Name}, {(rows.Key.TimesItself ? "as it times itself" : "its processes timed with their starts")}{certificate}";
        }

        foreach (var (client, opened) in group.Rows.Where(row => row.Declared is { Tool: not null, Reuses: true }).Select(row => (row.Client, row.PerIteration(counts => counts.Opened))))
        {
            if (opened > 1)
            {
                yield return $"{client}: asked to reuse its connection, it opened {Figure.Count(opened.Value)}";
            }
        }
    }

    // The kernel counts the connections of every process: more than the client's own are somebody else's.
    private static IEnumerable<string> Kernel(RowGroup group) => group.Rows
        .Where(row => row.Link is null && row.Counts?.KernelOpened > row.Counts?.Opened) // a relay opens connections too
        .Select(row => $"{row.Client}: the kernel opened {Figure.Count(row.PerIteration(counts => counts.KernelOpened)!.Value)} connections per iteration, " +
            $"{Figure.Count(row.PerIteration(counts => counts.Opened)!.Value)} of them this client's: other programs used the network meanwhile");

    /// <summary>What the time of a paced row is; null for all others.</summary>
    public static string? Waiting(ResultRow row) =>
        row.HasTimes() && row.Declared.PauseSeconds > 0
            ? $"its time is mostly waiting, {Duration.Text(row.Declared.PauseSeconds)} before each call, so it has no ratio"
            : null;

    private static IEnumerable<string> Pauses(RowGroup group) => group.Rows
        .Where(row => Waiting(row) is not null)
        .Select(row => $"{row.Client}: {Waiting(row)}");

    /// <summary>The rows whose clients should be something else.</summary>
    public static IEnumerable<ResultRow> Advice(RowGroup group) => group.Rows
        .Where(row => row is { Declared.Remedy: not null, Status: RowStatus.Measured or RowStatus.Partial } && !DiagnosisTable.Shows(group)) // which has it as its remedy
        .Where(row => !group.Rows.Any(other => other.Client == row.Declared.Reference && other.ReusedNothing)); // it would not help there

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
