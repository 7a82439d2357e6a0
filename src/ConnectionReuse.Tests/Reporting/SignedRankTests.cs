using ConnectionReuse.Reporting.Statistics;
using Xunit;

namespace ConnectionReuse.Tests.Reporting;

public sealed class SignedRankTests
{
    // M. Hollander, D. Wolfe, "Nonparametric Statistical Methods", table 3.1: Hamilton depression scale factor before
    // and after a tranquilizer, nine patients. The same data are the example of R's wilcox.test: V = 40, p 0.01953.
    private static readonly double[] Before = [1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30];
    private static readonly double[] After = [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29];
    private static readonly double[] Improved = [.. Before.Zip(After, (before, after) => before - after)];

    [Fact]
    public void The_depression_scores_have_the_published_p_value() =>
        Assert.Equal(0.01953, SignedRank.Greater(Improved), 5e-6);

    [Fact]
    public void The_depression_scores_have_the_published_centre_and_interval()
    {
        // Their example 3.3: -0.46 for after less before; example 3.4: (-0.786, -0.010) at 96.1 %.
        var interval = HodgesLehmann.Interval(Improved, 0.96)!;

        Assert.Equal(0.46, HodgesLehmann.Of(Improved), 1e-9);
        Assert.Equal(0.010, interval.Low, 1e-9);
        Assert.Equal(0.786, interval.High, 1e-9);
    }

    // One-sided critical values of the rank sum as every table has them (Wilcoxon and Wilcox 1964).
    [Theory]
    [InlineData(5, 0.05, 0)]
    [InlineData(6, 0.05, 2)]
    [InlineData(7, 0.05, 3)]
    [InlineData(8, 0.05, 5)]
    [InlineData(9, 0.05, 8)]
    [InlineData(10, 0.05, 10)]
    [InlineData(12, 0.05, 17)]
    [InlineData(15, 0.05, 30)]
    [InlineData(20, 0.05, 60)]
    [InlineData(9, 0.01, 3)]
    [InlineData(10, 0.01, 5)]
    [InlineData(12, 0.01, 9)]
    [InlineData(20, 0.01, 43)]
    [InlineData(12, 0.005, 7)]
    public void Critical_values_are_those_of_the_tables(int count, double level, int critical)
    {
        Assert.True(SignedRank.AtMost(critical, count) <= level);
        Assert.True(SignedRank.AtMost(critical + 1, count) > level);
    }

    [Theory]
    [InlineData(8, 1.0 / 256)]
    [InlineData(9, 1.0 / 512)]
    [InlineData(12, 1.0 / 4096)]
    public void Differences_of_one_sign_reach_the_least_p_value_there_is(int count, double p)
    {
        Assert.Equal(p, SignedRank.Greater(Enumerable.Range(1, count).Select(i => i / 100.0)), 1e-15);
        Assert.Equal(p, SignedRank.LeastP(count));
    }

    // Three differences of one size share rank 2; with one of them negative the positive sum is 4 or more in 4 of 8 ways.
    [Fact]
    public void Equal_sizes_share_their_rank() => Assert.Equal(0.5, SignedRank.Greater([1, 1, -1]), 1e-15);

    [Fact]
    public void Differences_of_nothing_are_left_out()
    {
        Assert.Equal(0.25, SignedRank.Greater([0, 1, 2, 0]), 1e-15);
        Assert.Equal(1, SignedRank.Greater([0, 0]));
    }

    [Fact]
    public void Both_sides_together_are_more_than_certain_by_the_chance_of_the_sum_itself()
    {
        double[] differences = [1, -2, 3, 4, -5];
        var sum = 8; // of 15
        var itself = SignedRank.AtMost(sum, 5) - SignedRank.AtMost(sum - 1, 5);

        Assert.Equal(1 + itself, SignedRank.Greater(differences) + SignedRank.Greater(differences.Select(d => -d)), 1e-12);
    }

    [Fact]
    public void One_wild_value_moves_the_centre_little()
    {
        Assert.Equal(2, HodgesLehmann.Of([1, 2, 3]), 1e-12);
        Assert.InRange(HodgesLehmann.Of([1, 2, 3, 2, 1.5, 2.5, 1000]), 1.5, 2.75);
        Assert.Equal(7, HodgesLehmann.Of([7]));
        Assert.Throws<ArgumentException>(() => HodgesLehmann.Of([]));
    }

    [Fact]
    public void Too_few_differences_leave_no_interval()
    {
        Assert.Null(HodgesLehmann.Interval([1, 2, 3, 4, 5], 0.95)); // 2 / 32 is more than 5 %
        Assert.NotNull(HodgesLehmann.Interval([1, 2, 3, 4, 5, 6], 0.95));
        Assert.Equal(6, HodgesLehmann.FewestForInterval);
    }

    [Fact]
    public void Ratios_are_centred_by_their_logarithms_and_one_wild_ratio_does_not_widen_their_interval()
    {
        double[] ratios = [1.01, 1.02, 1.015, 1.012, 1.018, 1.014, 1.016, 1.5];
        var interval = HodgesLehmann.OfRatios(ratios)!;

        Assert.InRange(interval.Value, 1.012, 1.02);
        Assert.InRange(interval.Low, 1.01, interval.Value);
        Assert.True(interval.High < 1.25);
        Assert.Equal(1 / interval.Value, HodgesLehmann.OfRatios(ratios.Select(ratio => 1 / ratio))!.Value, 1e-12);
        Assert.Null(HodgesLehmann.OfRatios([1.01, 1.02]));
    }

    [Fact]
    public void Holm_multiplies_by_the_tests_that_are_left_and_never_falls()
    {
        // By hand: 3 * 0.01, 2 * 0.03, and 0.04 is not below what comes before it.
        Assert.Equal([0.03, 0.06, 0.06], Holm.Adjust([0.01, 0.04, 0.03]).Select(p => Math.Round(p, 12)));

        // Wikipedia, "Holm-Bonferroni method": of these four the first and the last are rejected at 0.05.
        Assert.Equal([0.03, 0.06, 0.06, 0.02], Holm.Adjust([0.01, 0.04, 0.03, 0.005]).Select(p => Math.Round(p, 12)));
        Assert.Equal([1, 1], Holm.Adjust([0.6, 0.9]));
        Assert.Empty(Holm.Adjust([]));
    }

    // No event in n runs: the upper bound is 1 - 0.025^(1/n); 0 of 40: 8.81 %. 19 of 20: 75.13 % to 99.87 % (Clopper and Pearson tables).
    [Theory]
    [InlineData(0, 40, 0, 0.0881)]
    [InlineData(19, 20, 0.7513, 0.9987)]
    [InlineData(20, 20, 0.8316, 1)]
    [InlineData(1, 10, 0.0025, 0.4450)]
    public void Shares_have_the_published_exact_bounds(int hits, int runs, double low, double high)
    {
        var share = BinomialShare.Of(hits, runs);

        Assert.Equal(low, share.Low, 5e-5);
        Assert.Equal(high, share.High, 5e-5);
    }
}
