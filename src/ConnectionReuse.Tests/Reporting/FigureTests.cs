using ConnectionReuse.Reporting.Tables;
using Xunit;

namespace ConnectionReuse.Tests.Reporting;

public sealed class FigureTests
{
    [Theory]
    [InlineData(0.021437, 0.0208, 0.0221, "0.0214")] // half width 0.00065: one digit
    [InlineData(0.021437, 0.0212, 0.0217, "0.02144")] // 0.00025: two digits
    [InlineData(0.021437, 0.016, 0.027, "0.021")] // 0.0055: one digit, and never fewer than two in all
    [InlineData(52.7490442, 52.74, 52.75, "52.75")] // never more than four
    [InlineData(1234.56, 1100, 1400, "1235")]
    [InlineData(3.3, 1.1, 9.9, "3.3")]
    public void A_figure_has_the_digits_that_its_interval_is_worth(double value, double low, double high, string text) =>
        Assert.Equal(text, Figure.Text(value, Figure.Decimals(value, low, high)));

    [Theory]
    [InlineData(52.7490442, "52.7")]
    [InlineData(0.0214371, "0.0214")]
    [InlineData(0, "0.00")]
    public void A_figure_without_an_interval_has_three_digits(double value, string text) =>
        Assert.Equal(text, Figure.Text(value, Figure.Decimals(value, null, null)));

    [Fact]
    public void A_ratio_stands_with_its_interval() => Assert.Equal("7.4x (7.0-7.8)", Figure.Ratio(7.412, 7.021, 7.823));

    [Fact]
    public void The_reach_is_the_larger_side_of_the_interval()
    {
        Assert.Equal("5.0%", Figure.Reach(100, 96, 105));
        Assert.Equal("12%", Figure.Reach(100, 88, 105));
    }
}
