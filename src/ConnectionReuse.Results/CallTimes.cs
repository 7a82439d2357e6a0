namespace ConnectionReuse.Results;

/// <summary>How long single calls took. Percentiles are exact: the smallest time that so many per cent of the calls do not exceed.</summary>
public sealed record CallTimes
{
    /// <summary>What <see cref="QuantileSeconds"/> are the percentiles of: enough of them to draw a distribution.</summary>
    public static IReadOnlyList<double> Percents { get; } = [.. Enumerable.Range(0, 100), 99.9, 100];

    /// <summary>All calls of all iterations.</summary>
    public required int Calls { get; init; }

    /// <summary>The median, in seconds.</summary>
    public required double P50Seconds { get; init; }

    /// <summary>The 90th percentile, in seconds; null in files of schema 1.</summary>
    public double? P90Seconds { get; init; }

    /// <summary>The 95th percentile, in seconds.</summary>
    public required double P95Seconds { get; init; }

    /// <summary>The 99th percentile, in seconds.</summary>
    public required double P99Seconds { get; init; }

    /// <summary>The longest call, in seconds.</summary>
    public required double MaxSeconds { get; init; }

    /// <summary>The percentiles 0, 1, 2, ..., 99, 99.9 and 100, in seconds; null in files of schema 1.</summary>
    public IReadOnlyList<double>? QuantileSeconds { get; init; }

    /// <summary>The percentiles of some calls; null when there are none.</summary>
    public static CallTimes? Of(IEnumerable<double> seconds)
    {
        double[] sorted = [.. seconds.Order()];
        return sorted.Length == 0 ? null : new CallTimes
        {
            Calls = sorted.Length,
            P50Seconds = At(50),
            P90Seconds = At(90),
            P95Seconds = At(95),
            P99Seconds = At(99),
            MaxSeconds = sorted[^1],
            QuantileSeconds = [.. Percents.Select(At)],
        };

        // In tenths of a per cent, which are whole numbers.
        double At(double percent) => sorted[Math.Max(0, (int)((((long)Math.Round(10 * percent) * sorted.Length) + 999) / 1000) - 1)];
    }
}
