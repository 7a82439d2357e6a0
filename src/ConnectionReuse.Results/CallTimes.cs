namespace ConnectionReuse.Results;

/// <summary>How long single calls took. Percentiles are exact: the smallest time that so many per cent of the calls do not exceed.</summary>
public sealed record CallTimes
{
    /// <summary>All calls of all iterations.</summary>
    public required int Calls { get; init; }

    /// <summary>The median, in seconds.</summary>
    public required double P50Seconds { get; init; }

    /// <summary>The 95th percentile, in seconds.</summary>
    public required double P95Seconds { get; init; }

    /// <summary>The 99th percentile, in seconds.</summary>
    public required double P99Seconds { get; init; }

    /// <summary>The longest call, in seconds.</summary>
    public required double MaxSeconds { get; init; }

    /// <summary>The percentiles of some calls; null when there are none.</summary>
    public static CallTimes? Of(IEnumerable<double> seconds)
    {
        double[] sorted = [.. seconds.Order()];
        return sorted.Length == 0 ? null : new CallTimes
        {
            Calls = sorted.Length,
            P50Seconds = At(50),
            P95Seconds = At(95),
            P99Seconds = At(99),
            MaxSeconds = sorted[^1],
        };

        double At(int percent) => sorted[(int)(((percent * (long)sorted.Length) + 99) / 100) - 1];
    }
}
