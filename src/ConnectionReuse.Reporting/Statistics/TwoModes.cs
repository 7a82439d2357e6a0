namespace ConnectionReuse.Reporting.Statistics;

/// <summary>Two groups of samples with next to nothing between them: a median stands for one of them alone.</summary>
/// <param name="Low">The median of the lower group.</param>
/// <param name="High">The median of the higher group.</param>
internal sealed record TwoModes(double Low, double High)
{
    /// <summary>Fewer samples leave a gap by chance too often.</summary>
    public const int FewestSamples = 20;

    private const double SmallestShare = 0.2; // of the samples, in either group
    private const double SmallestRatio = 1.2; // of the medians: closer modes are of no interest
    private const double LargestShareBetween = 0.05;

    /// <summary>
    /// The two groups whose medians are furthest apart for what the groups spread (Otsu's threshold, over logarithms), if the
    /// middle half of the way from one median to the other holds at most 5 % of the samples: of a normal or a uniform
    /// distribution it holds a quarter.
    /// </summary>
    /// <param name="samples">Positive samples.</param>
    /// <returns>Null where there is but one mode, or fewer than <see cref="FewestSamples"/> samples.</returns>
    public static TwoModes? Of(IEnumerable<double> samples)
    {
        double[] logs = [.. samples.Select(sample => Math.Log(sample)).Order()];
        if (logs.Length < FewestSamples)
        {
            return null;
        }

        var split = Threshold(logs);
        var (low, high) = (Samples.Median(logs[..split]), Samples.Median(logs[split..]));
        var quarter = (high - low) / 4;
        var between = logs.Count(value => value > low + quarter && value < high - quarter);
        return high - low >= Math.Log(SmallestRatio) && between <= LargestShareBetween * logs.Length
            ? new TwoModes(Math.Exp(low), Math.Exp(high))
            : null;
    }

    // Where the variance between the groups is largest.
    private static int Threshold(double[] sorted)
    {
        var fewest = (int)Math.Ceiling(SmallestShare * sorted.Length);
        var total = sorted.Sum();
        var below = sorted.Take(fewest - 1).Sum();
        var (best, most) = (fewest, double.NegativeInfinity);
        for (var split = fewest; split <= sorted.Length - fewest; split++)
        {
            below += sorted[split - 1];
            var distance = (below / split) - ((total - below) / (sorted.Length - split));
            var variance = distance * distance * split * (sorted.Length - split);
            (best, most) = variance > most ? (split, variance) : (best, most);
        }

        return best;
    }
}
