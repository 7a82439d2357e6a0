using ConnectionReuse.Reporting.Statistics;
using Xunit;

namespace ConnectionReuse.Tests.Reporting;

public sealed class LogIntervalTests
{
    [Theory]
    [InlineData(new[] { 3.0 }, 3)]
    [InlineData(new[] { 5.0, 1, 3 }, 3)]
    [InlineData(new[] { 4.0, 1, 3, 2 }, 2.5)]
    public void The_median_is_the_middle_of_the_sorted_samples(double[] samples, double median) =>
        Assert.Equal(median, Samples.Median(samples));

    [Fact]
    public void No_samples_have_no_median() => Assert.Throws<ArgumentException>(() => Samples.Median([]));

    // Logarithms -2 to 2: mean 0, variance 10 / 4, standard error √(2.5 / 5) = 0.70711; t(0.975, 4) = 2.77645 in every
    // table, so the interval reaches 1.96324 to both sides: e^1.96324 = 7.1224.
    [Fact]
    public void Five_figures_give_the_interval_worked_out_by_hand()
    {
        var interval = LogInterval.Of([Math.Exp(1), Math.Exp(-2), Math.Exp(0), Math.Exp(2), Math.Exp(-1)])!;

        Assert.Equal(1, interval.Value, 1e-12);
        Assert.Equal(7.1224, interval.High, 1e-4);
        Assert.Equal(1 / 7.1224, interval.Low, 1e-4);
        Assert.Equal(0.95, interval.Confidence);
        Assert.Equal(0.70711, LogInterval.StandardErrorOf(interval.Low, interval.High, 5), 1e-5);
    }

    // Standard error 1 at every count: the interval's reach is the quantile of Student's table itself.
    [Theory]
    [InlineData(3, 4.303)]
    [InlineData(4, 3.182)]
    [InlineData(5, 2.776)]
    [InlineData(10, 2.262)]
    public void The_reach_uses_the_t_quantile_of_one_degree_of_freedom_less(int count, double quantile)
    {
        var logs = Enumerable.Range(0, count).Select(i => (double)i).ToArray();
        var mean = logs.Average();
        var standardError = Math.Sqrt(logs.Sum(log => (log - mean) * (log - mean)) / (count - 1) / count);

        var interval = LogInterval.Of([.. logs.Select(log => Math.Exp(log / standardError))])!;

        Assert.Equal(quantile, Math.Log(interval.High / interval.Value), 5e-4);
        Assert.Equal(quantile, Math.Log(interval.Value / interval.Low), 5e-4);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Fewer_than_three_figures_give_no_interval(int count) =>
        Assert.Null(LogInterval.Of([.. Enumerable.Repeat(1.5, count)]));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_figure_that_is_no_positive_number_is_refused(double figure) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => LogInterval.Of([1, 2, figure]));

    [Fact]
    public void An_interval_is_widened_to_hold_another_estimate()
    {
        var interval = new Interval(2, 1, 3, 0.95);

        Assert.Equal(new Interval(2.5, 1, 3, 0.95), interval.Around(2.5));
        Assert.Equal(new Interval(4, 1, 4, 0.95), interval.Around(4));
        Assert.Equal(new Interval(0.5, 0.5, 3, 0.95), interval.Around(0.5));
    }
}
