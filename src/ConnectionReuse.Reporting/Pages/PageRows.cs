using ConnectionReuse.Reporting.Charts;
using ConnectionReuse.Reporting.Rows;
using ConnectionReuse.Reporting.Tables;
using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.Pages;

/// <summary>Rows of a result file as the page shows them.</summary>
internal static class PageRows
{
    /// <summary>A row of some comparison.</summary>
    /// <param name="row">The row.</param>
    /// <param name="group">Its comparison.</param>
    /// <param name="place">The comparison's place among all.</param>
    /// <param name="ratios">The file's.</param>
    public static PageRow Of(ResultRow row, RowGroup group, int place, IEnumerable<ResultRatio> ratios)
    {
        var time = ChartText.MillisecondsPerCall(row);
        var decimals = time is { } known ? Figure.Decimals(known.Value, known.Low, known.High) : 0;
        var perCall = 1000.0 / row.Requests;
        return new PageRow
        {
            Group = place,
            Client = PlainText.OneLine(row.Client),
            Reuses = ChartText.Reuses(row),
            Bare = row.Declared.IsFloor,
            Requests = row.Requests,
            Time = Short(time?.Value),
            Low = Short(time?.Low),
            High = Short(time?.High),
            Text = time is { Value: var value } ? $"{Figure.Text(value, decimals)} ms" : row.Status.Words(),
            Interval = time is { Low: { } low, High: { } high } ? PageRatios.Range(low, high, decimals) : null,
            Connections = Short(row.PerIteration(counts => counts.Carrying)),
            ConnectionsText = row.PerIteration(counts => counts.Carrying) is { } connections ? $"{Figure.Count(connections)} for {row.Requests} {(row.Requests == 1 ? "call" : "calls")}" : null,
            Handshakes = Handshakes(row),
            Ratio = ChartText.Reuse(group, row.Client, ratios).Select(ratio => PageRatios.Of(ratio, decimals)).FirstOrDefault(),
            Remedy = RowText.Remedy(row) is { } remedy ? PlainText.OneLine(remedy) : null,
            Reason = row.Reason is { } reason ? PlainText.OneLine(reason) : null,
            Samples = row.HasTimes() ? [.. row.Launches.Select(launch => launch.IterationSeconds.Select(seconds => PageNumber.Shorter(seconds * perCall)).ToArray())] : null,
            First = row.Launches.Select(launch => launch.FirstCallSeconds).OfType<double>().Select(Milliseconds).ToArray() is { Length: > 0 } first ? first : null,
            Quantiles = PageQuantiles.Of(row.CallTimes) is { } quantiles ? [.. quantiles.Select(seconds => PageNumber.Shorter(1000 * seconds))] : null,
            Calls = row.CallTimes?.Calls,
            Phases = row.Phases is { } phases ? [.. PagePhases.Seconds(phases).Select(Milliseconds)] : null,
        };
    }

    // None in all iterations is not the same as not known.
    private static string? Handshakes(ResultRow row) =>
        (row.PerIteration(counts => counts.FullHandshakes), row.PerIteration(counts => counts.ResumedHandshakes)) is not ({ } full, { } resumed) ? null
        : row.TlsProtocol is null && full + resumed == 0 ? null
        : (full, resumed) switch
        {
            (0, 0) => "none",
            (_, 0) => $"{Figure.Count(full)} full",
            (0, _) => $"{Figure.Count(resumed)} resumed",
            _ => $"{Figure.Count(full)} full, {Figure.Count(resumed)} resumed",
        };

    private static double Milliseconds(double seconds) => PageNumber.Short(1000 * seconds);

    private static double? Short(double? number) => number is { } known ? PageNumber.Short(known) : null;
}
