using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace ConnectionReuse.Reporting.Statistics;

/// <summary>
/// The ratio of two independent sets of figures, such as the rounds of two runs, which share neither time nor process.
/// Student's t over the difference of the means of their logarithms, with a variance for each set. Source: B. L. Welch,
/// "The generalization of 'Student's' problem when several different population variances are involved", Biometrika 34 (1947).
/// </summary>
internal static class WelchInterval
{
    /// <summary>The geometric mean of the second set over that of the first, with its interval.</summary>
    /// <param name="first">Positive figures that do not depend on each other.</param>
    /// <param name="second">The same of the second set.</param>
    /// <param name="confidence">The nominal coverage.</param>
    /// <returns>Null where a set has fewer than <see cref="LogInterval.MinimumLaunches"/> figures.</returns>
    public static Interval? RatioOf(IReadOnlyCollection<double> first, IReadOnlyCollection<double> second, double confidence = LogInterval.Confidence)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (Math.Min(first.Count, second.Count) < LogInterval.MinimumLaunches)
        {
            return null;
        }

        var (firstMean, firstVariance) = first.Select(figure => Math.Log(figure)).MeanVariance();
        var (secondMean, secondVariance) = second.Select(figure => Math.Log(figure)).MeanVariance();
        var (a, b) = (firstVariance / first.Count, secondVariance / second.Count);
        var difference = secondMean - firstMean;
        var reach = a + b == 0 ? 0 : Math.Sqrt(a + b) * StudentT.InvCDF(
            location: 0, scale: 1, freedom: (a + b) * (a + b) / ((a * a / (first.Count - 1)) + (b * b / (second.Count - 1))), p: (1 + confidence) / 2);
        return new Interval(Math.Exp(difference), Math.Exp(difference - reach), Math.Exp(difference + reach), confidence);
    }
}
