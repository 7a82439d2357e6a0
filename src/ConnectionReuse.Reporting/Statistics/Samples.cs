using MathNet.Numerics.Statistics;

namespace ConnectionReuse.Reporting.Statistics;

/// <summary>Figures of plain samples.</summary>
internal static class Samples
{
    /// <summary>The middle of the sorted samples; with an even number of them the mean of the two in the middle.</summary>
    /// <exception cref="ArgumentException">There is no sample.</exception>
    public static double Median(IEnumerable<double> samples)
    {
        double[] all = [.. samples];
        return all.Length > 0 ? ArrayStatistics.MedianInplace(all) : throw new ArgumentException("a median needs at least one sample", nameof(samples));
    }
}
