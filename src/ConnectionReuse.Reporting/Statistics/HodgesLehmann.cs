using Pragmastat;

namespace ConnectionReuse.Reporting.Statistics;

/// <summary>
/// The centre of differences after Hodges and Lehmann: the median of the means of all pairs. One wild batch does not
/// move it, and it needs hardly more samples than a mean. Source: M. Hollander, D. Wolfe, "Nonparametric Statistical
/// Methods", section 3.2.
/// </summary>
internal static class HodgesLehmann
{
    /// <summary>The estimate.</summary>
    /// <exception cref="ArgumentException">There is no difference.</exception>
    public static double Of(IReadOnlyCollection<double> differences)
    {
        ArgumentNullException.ThrowIfNull(differences);
        return differences.Count switch
        {
            0 => throw new ArgumentException("a centre needs at least one difference", nameof(differences)),
            1 => differences.First(),
            _ => new Sample([.. differences]).Center(),
        };
    }

    /// <summary>
    /// The estimate with the interval that <see cref="SignedRank"/> leaves: every centre that the differences do not
    /// refute. Its coverage is at least <paramref name="confidence"/>.
    /// </summary>
    /// <returns>Null where so few differences leave no such interval.</returns>
    public static Interval? Interval(IReadOnlyCollection<double> differences, double confidence)
    {
        ArgumentNullException.ThrowIfNull(differences);
        var tail = (1 - confidence) / 2;
        if (SignedRank.LeastP(differences.Count) > tail)
        {
            return null;
        }

        var cut = 0; // pairs' means that lie outside, at each end
        while (SignedRank.AtMost(cut + 1, differences.Count) <= tail)
        {
            cut++;
        }

        var values = differences.ToArray();
        var means = values.SelectMany((a, i) => values.Skip(i).Select(b => (a + b) / 2)).Order().ToArray();
        return new Interval(Of(differences), means[cut], means[^(cut + 1)], confidence);
    }

    /// <summary>The same of ratios, by their logarithms: a ratio that one wild launch or block does not move.</summary>
    /// <param name="ratios">Positive ratios that do not depend on each other.</param>
    /// <returns>Null where so few ratios leave no interval at <see cref="LogInterval.Confidence"/>.</returns>
    public static Interval? OfRatios(IEnumerable<double> ratios) =>
        Interval([.. ratios.Select(ratio => Math.Log(ratio))], LogInterval.Confidence) is { } logs
            ? new Interval(Math.Exp(logs.Value), Math.Exp(logs.Low), Math.Exp(logs.High), logs.Confidence)
            : null;

    /// <summary>The fewest differences that leave an interval at <see cref="LogInterval.Confidence"/>.</summary>
    public const int FewestForInterval = 6; // 2 / 2^6 is the first below 5 %
}
