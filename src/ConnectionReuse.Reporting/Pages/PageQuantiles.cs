using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.Pages;

/// <summary>The percentiles that the page draws: every fifth of those that the file holds, and all of its tail.</summary>
internal static class PageQuantiles
{
    private const int Step = 5;
    private const double Tail = 98;

    private static readonly int[] Places = [.. CallTimes.Percents.Index().Where(percent => percent.Index % Step == 0 || percent.Item >= Tail).Select(percent => percent.Index)];

    /// <summary>0, 5, ..., 95, 98, 99, 99.9 and 100.</summary>
    public static IReadOnlyList<double> Percents { get; } = [.. Places.Select(place => CallTimes.Percents[place])];

    /// <summary>A row's percentiles in seconds; null where the file holds none.</summary>
    public static IReadOnlyList<double>? Of(CallTimes? times) =>
        times?.QuantileSeconds is { } seconds && seconds.Count == CallTimes.Percents.Count ? [.. Places.Select(place => seconds[place])] : null;
}
