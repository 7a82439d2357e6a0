using ConnectionReuse.Reporting.Statistics;
using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.Rows;

/// <summary>A row's figure and its interval, from its launches.</summary>
internal static class RowFigures
{
    /// <summary>
    /// The row with its median over all iterations and, from <see cref="LogInterval.MinimumLaunches"/> launches on, the
    /// interval over the launches' medians: launches differ by more than the iterations of one, so they are its unit.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">A sample is not a positive number.</exception>
    public static ResultRow WithFigures(this ResultRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        var launches = row.Launches.Where(launch => launch.IterationSeconds.Count > 0).ToArray();
        if (launches.Length == 0)
        {
            return row with { Median = null, Low = null, High = null };
        }

        var median = Samples.Median(launches.SelectMany(launch => launch.IterationSeconds));
        var interval = LogInterval.Of([.. launches.Select(launch => Samples.Median(launch.IterationSeconds))])?.Around(median);
        return row with { Median = median, Low = interval?.Low, High = interval?.High };
    }
}
