using ConnectionReuse.Reporting.Charts;
using ConnectionReuse.Reporting.Rows;
using ConnectionReuse.Reporting.Statistics;
using ConnectionReuse.Reporting.Tables;
using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.Reports;

/// <summary>How much this machine differs from itself, read off the run: what a difference must exceed.</summary>
internal static class NoiseFloor
{
    /// <summary>The noise in sentences.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyCollection<RowGroup> groups, IReadOnlyCollection<ResultRatio> ratios)
    {
        var rows = (
            from comparison in groups
            from row in comparison.Rows
            where row.HasTimes()
            let medians = row.Launches.Where(launch => launch.IterationSeconds.Count > 0).Select(launch => Math.Log(Samples.Median(launch.IterationSeconds))).ToArray()
            where medians.Length >= LogInterval.MinimumLaunches
            let mean = medians.Average()
            select (Name: $"{ChartText.Name(comparison)} {row.Client}", Spread: Math.Sqrt(medians.Sum(median => (median - mean) * (median - mean)) / (medians.Length - 1)))).ToArray();
        if (rows.Length == 0)
        {
            return [$"fewer than {LogInterval.MinimumLaunches} launches a row: the noise of this machine is not known, and no difference is shown"];
        }

        var worst = rows.MaxBy(row => row.Spread);
        var reaches = ratios.Where(ratio => groups.Any(group => group.Has(ratio))).Select(ratio => Math.Sqrt(ratio.High / ratio.Low) - 1).ToArray();
        return
        [
            $"launches of one row differ by a standard deviation of {Percent(Samples.Median(rows.Select(row => row.Spread)))} (the middle one of {rows.Length} {(rows.Length == 1 ? "row" : "rows")}; the worst, {worst.Name}, by {Percent(worst.Spread)})",
            .. reaches.Length == 0 ? Array.Empty<string>()
                : [$"ratios are known to +-{Percent(Samples.Median(reaches))} (the middle one of {reaches.Length}; the worst to +-{Percent(reaches.Max())}): what differs by less is noise, and {RatioText.Undecided} stands for it"],
        ];
    }

    private static string Percent(double share) => $"{Figure.Text(100 * share, share < 0.0995 ? 1 : 0)}%";
}
