namespace ConnectionReuse.Reporting.Statistics;

/// <summary>Samples that are many times the median: something else took that time.</summary>
/// <param name="Count">How many.</param>
/// <param name="Samples">Of how many.</param>
/// <param name="Longest">The largest.</param>
/// <param name="Median">The median of all samples.</param>
internal sealed record Outliers(int Count, int Samples, double Longest, double Median)
{
    /// <summary>A sample above so many medians is one. Noise of a loaded machine makes two or three of it.</summary>
    public const double Medians = 5;

    /// <summary>The outliers of some samples; null without one.</summary>
    public static Outliers? Of(IReadOnlyCollection<double> samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        var median = Statistics.Samples.Median(samples);
        var count = samples.Count(sample => sample > Medians * median);
        return count == 0 ? null : new Outliers(count, samples.Count, samples.Max(), median);
    }
}
