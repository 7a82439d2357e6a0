using ConnectionReuse.Bench.Checks;
using Xunit;

namespace ConnectionReuse.Tests.Checks;

public sealed class SpreadTests
{
    [Theory]
    [InlineData(0, 1.0)]
    [InlineData(0.1, 1.1)]
    [InlineData(0.1, 1 / 1.1)]
    [InlineData(0.1, 1.0, 1.1, 1 / 1.1, 1 / 1.1, 1.05)]
    public void Both_ways_count_alike_and_one_wild_launch_does_not_move_the_middle(double middle, params double[] ratios) =>
        Assert.Equal(middle, new Spread(ratios).Middle, 9);

    [Fact]
    public void The_words_have_both_ends_and_the_middle() =>
        Assert.Equal("0.800x to 2.000x over 3 launches, 25.0% apart in the middle", new Spread([0.8, 2, 1]).ToString());
}
