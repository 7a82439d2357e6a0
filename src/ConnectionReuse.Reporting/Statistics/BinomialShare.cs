using MathNet.Numerics.Distributions;

namespace ConnectionReuse.Reporting.Statistics;

/// <summary>
/// A share of runs with its exact bounds. Source: C. Clopper, E. Pearson, "The use of confidence or fiducial limits
/// illustrated in the case of the binomial", Biometrika 26 (1934).
/// </summary>
internal static class BinomialShare
{
    /// <summary>The share and the range of true shares that such a result does not refute.</summary>
    /// <param name="hits">Runs in which it happened.</param>
    /// <param name="runs">All runs.</param>
    /// <param name="confidence">The coverage, which is at least this.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no run, or there are more hits than runs.</exception>
    public static Interval Of(int hits, int runs, double confidence = LogInterval.Confidence)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(runs, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(hits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(hits, runs);
        var tail = (1 - confidence) / 2;
        var low = hits == 0 ? 0 : Beta.InvCDF(hits, runs - hits + 1, tail);
        var high = hits == runs ? 1 : Beta.InvCDF(hits + 1, runs - hits, 1 - tail);
        return new Interval((double)hits / runs, low, high, confidence);
    }
}
