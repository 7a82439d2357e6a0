using MathNet.Numerics.Distributions;

namespace ConnectionReuse.Reporting.Gate;

/// <summary>
/// What two processes of one build differ by in allocated bytes per request, as base and control show it in each set: a
/// difference of head counts only beyond it.
/// </summary>
internal static class EqualProcesses
{
    /// <summary>The fewest sets whose pairs say anything: from one or two, equal processes can look alike by accident.</summary>
    public const int LeastSets = 3;

    /// <summary>
    /// The difference of head that equal processes exceed with the chance of a false alarm alone: Student's quantile times the
    /// standard error of a mean of differences, whose variance comes from the pairs (n degrees of freedom, because their mean
    /// is known to be 0).
    /// </summary>
    /// <param name="pairs">Control less base, in bytes per request, one for each set.</param>
    /// <param name="chance">The chance of a false alarm of this row.</param>
    public static double Bound(IReadOnlyList<double> pairs, double chance)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        if (pairs.Count == 0)
        {
            return 0;
        }

        var error = Math.Sqrt(pairs.Sum(difference => difference * difference) / pairs.Count / pairs.Count);
        return StudentT.InvCDF(0, 1, pairs.Count, 1 - chance) * error;
    }
}
