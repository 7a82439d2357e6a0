using ConnectionReuse.Reporting.Rows;
using ConnectionReuse.Results;
using Xunit;
using static ConnectionReuse.Tests.Reporting.SampleRuns;

namespace ConnectionReuse.Tests.Reporting;

public sealed class RowFiguresTests
{
    // Launch medians 1, 2 and 4; logarithms 0, ln 2, 2 ln 2: standard deviation ln 2, standard error 0.40019;
    // t(0.975, 2) = 4.30265, so the interval is 2 · e^±1.72188: 0.35747 to 11.1901.
    [Fact]
    public void A_row_is_the_median_over_iterations_with_the_interval_over_launch_medians()
    {
        var row = With([1, 1, 1], [2, 2, 2], [4, 4, 4]).WithFigures();

        Assert.Equal(2, row.Median);
        Assert.Equal(0.35747, row.Low!.Value, 1e-4);
        Assert.Equal(11.1901, row.High!.Value, 1e-3);
    }

    [Fact]
    public void The_interval_holds_the_median_even_when_one_long_launch_outweighs_the_others()
    {
        var row = With([1], [1.01], [1.02], [.. Enumerable.Repeat(9.0, 20)], [1], [1.01], [1.02], [1.01]).WithFigures();

        Assert.Equal(9, row.Median);
        Assert.Equal(9, row.High);
    }

    [Fact]
    public void Two_launches_give_a_median_and_no_interval()
    {
        var row = With([1, 3], [2, 4]).WithFigures();

        Assert.Equal(2.5, row.Median);
        Assert.Null(row.Low);
        Assert.Null(row.High);
    }

    [Fact]
    public void A_row_without_times_has_no_figures() =>
        Assert.Null(Empty(TargetIds.Real, "fresh", RowStatus.Unreachable).WithFigures().Median);

    private static ResultRow With(params double[][] launches) => Empty(TargetIds.KestrelHttp, "fresh", RowStatus.Measured) with
    {
        Launches = [.. launches.Select((seconds, index) => new Launch(index + 1, seconds))],
    };
}
