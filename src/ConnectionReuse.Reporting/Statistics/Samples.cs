namespace ConnectionReuse.Reporting.Statistics;

/// <summary>Figures of plain samples.</summary>
public static class Samples
{
    /// <summary>The middle of the sorted samples; with an even number of them the mean of the two in the middle.</summary>
    /// <exception cref="ArgumentException">There is no sample.</exception>
    public static double Median(IEnumerable<double> samples)
    {
        var sorted = samples.Order().ToArray();
        if (sorted.Length == 0)
        {
            throw new ArgumentException("a median needs at least one sample", nameof(samples));
        }

        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
