namespace ConnectionReuse.Reporting.Statistics;

/// <summary>
/// Wilcoxon's signed-rank test, exact: each sign is as likely as the other when nothing differs, so the distribution of
/// the rank sum is counted out over all 2^n of them. Neither MathNet nor Perfolizer has it. Source: F. Wilcoxon,
/// "Individual comparisons by ranking methods", Biometrics Bulletin 1 (1945).
/// </summary>
internal static class SignedRank
{
    /// <summary>
    /// The chance of a rank sum at least as large as the one of these differences when their centre is not above 0.
    /// Differences of 0 say nothing and are left out; equal sizes share the mean of their ranks, and the distribution is
    /// that of the shared ranks.
    /// </summary>
    /// <param name="differences">Independent differences.</param>
    /// <returns>The one-sided p value; 1 where no difference is left.</returns>
    public static double Greater(IEnumerable<double> differences)
    {
        var told = differences.Where(difference => difference != 0).ToArray();
        var ranks = DoubledRanks(told);
        var sum = told.Zip(ranks).Where(pair => pair.First > 0).Sum(pair => pair.Second);
        var ways = Ways(ranks);
        return ways.Skip(sum).Sum() / ways.Sum();
    }

    /// <summary>The least p value that so many differences can reach: all of one sign, 2^-n.</summary>
    public static double LeastP(int count) => Math.Pow(2, -count);

    /// <summary>The chance of a rank sum of at most <paramref name="sum"/> among <paramref name="count"/> differences without ties.</summary>
    public static double AtMost(int sum, int count)
    {
        var ways = Ways([.. Enumerable.Range(1, count).Select(rank => 2 * rank)]);
        return ways.Take((2 * sum) + 1).Sum() / ways.Sum();
    }

    // Twice the rank, so that the mean of two neighbours is a whole number too.
    private static int[] DoubledRanks(double[] differences)
    {
        var sizes = differences.Select(Math.Abs).ToArray();
        return [.. sizes.Select(size => (2 * sizes.Count(other => other < size)) + sizes.Count(other => other == size) + 1)];
    }

    // In how many of the 2^n ways of giving signs the positive ranks add up to each sum.
    private static double[] Ways(int[] ranks)
    {
        var ways = new double[ranks.Sum() + 1];
        ways[0] = 1;
        foreach (var rank in ranks)
        {
            for (var sum = ways.Length - 1; sum >= rank; sum--)
            {
                ways[sum] += ways[sum - rank];
            }
        }

        return ways;
    }
}
