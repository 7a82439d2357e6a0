using ConnectionReuse.Reporting.Statistics;
using Xunit;

namespace ConnectionReuse.Tests.SideBySide;

public sealed class WelchIntervalTests
{
    private static readonly double[] Rounds = [1.00, 1.04, 0.97, 1.02, 0.95];

    [Fact]
    public void It_is_the_published_formula()
    {
        double[] first = [Math.Exp(0), Math.Exp(0.1), Math.Exp(0.2)];
        double[] second = [Math.Exp(0.3), Math.Exp(0.4), Math.Exp(0.5)];

        var interval = WelchInterval.RatioOf(first, second)!;

        // Variances of 0.01, so 4 degrees of freedom, whose quantile is 2.7764, and a standard error of the root of 0.02 / 3.
        Assert.Equal(Math.Exp(0.3), interval.Value, 1e-12);
        Assert.Equal(Math.Exp(0.3 - (2.7764451 * Math.Sqrt(0.02 / 3))), interval.Low, 1e-6);
        Assert.Equal(Math.Exp(0.3 + (2.7764451 * Math.Sqrt(0.02 / 3))), interval.High, 1e-6);
    }

    [Fact]
    public void Sets_of_other_sizes_and_spreads_share_out_the_degrees_of_freedom()
    {
        double[] first = [Math.Exp(0), Math.Exp(0.1), Math.Exp(0.2)];
        double[] second = [Math.Exp(-0.3), Math.Exp(-0.1), Math.Exp(0.1), Math.Exp(0.3)];

        var interval = WelchInterval.RatioOf(first, second)!;

        // a = 0.01 / 3, b = 0.0666... / 4: (a + b)^2 / (a^2 / 2 + b^2 / 3) = 4.06 degrees of freedom, a quantile of 2.7613.
        Assert.Equal(Math.Exp(-0.1), interval.Value, 1e-12);
        Assert.Equal(2.7613 * Math.Sqrt(0.02), Math.Log(interval.High / interval.Value), 1e-3);
    }

    [Fact]
    public void A_result_against_itself_is_not_told_apart()
    {
        var interval = WelchInterval.RatioOf(Rounds, Rounds)!;

        Assert.Equal(1, interval.Value, 1e-12);
        Assert.True(interval.Low < 1 && interval.High > 1);
    }

    [Theory]
    [InlineData(1.25)]
    [InlineData(0.8)]
    public void A_shift_lies_within_the_interval_and_1_does_not(double shift)
    {
        var interval = WelchInterval.RatioOf(Rounds, [.. Rounds.Select(seconds => shift * seconds).Reverse()])!;

        Assert.InRange(shift, interval.Low, interval.High);
        Assert.False(interval.Low <= 1 && interval.High >= 1);
    }

    [Theory]
    [InlineData(2, 5)]
    [InlineData(5, 2)]
    public void Fewer_than_three_rounds_on_either_side_give_none(int first, int second) =>
        Assert.Null(WelchInterval.RatioOf([.. Rounds.Take(first)], [.. Rounds.Take(second)]));

    [Fact]
    public void Rounds_that_are_all_equal_leave_no_room()
    {
        var interval = WelchInterval.RatioOf([1, 1, 1], [2, 2, 2])!;

        Assert.All((double[])[interval.Value, interval.Low, interval.High], end => Assert.Equal(2, end, 1e-12));
    }
}
