using ConnectionReuse.Turns;
using Xunit;

namespace ConnectionReuse.Tests.Turns;

public sealed class TurnOrderTests
{
    private static int[][] Cycles(int takers, int seed, int balancedSets = 1)
    {
        var order = new TurnOrder(takers, new Random(seed));
        return [.. Enumerable.Range(0, balancedSets * order.Balanced).Select(_ => order.NextCycle().ToArray())];
    }

    private static int[][] Permutations(int takers, int seed) => [.. Cycles(takers, seed).Select(cycle => cycle[..takers])];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(7)]
    public void A_cycle_is_a_permutation_and_its_reverse(int takers) => Assert.All(Cycles(takers, seed: 1, balancedSets: 2), cycle =>
    {
        Assert.Equal(Enumerable.Range(0, takers), cycle[..takers].Order());
        Assert.Equal(cycle[..takers].Reverse(), cycle[takers..]);
    });

    [Theory]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    [InlineData(4, 1)]
    [InlineData(5, 2)]
    [InlineData(6, 1)]
    public void Every_taker_is_as_often_in_each_place(int takers, int times) => Assert.All(Enumerable.Range(0, takers), place =>
        Assert.Equal(
            Enumerable.Range(0, takers).Select(taker => (taker, times)),
            Permutations(takers, seed: 2).CountBy(permutation => permutation[place]).Select(count => (count.Key, count.Value)).Order()));

    [Theory]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    [InlineData(4, 1)]
    [InlineData(5, 2)]
    [InlineData(6, 1)]
    public void Every_taker_follows_each_other_one_as_often(int takers, int times)
    {
        var neighbours = Permutations(takers, seed: 3).SelectMany(permutation => permutation.Zip(permutation.Skip(1))).CountBy(both => both).ToArray();

        Assert.Equal(takers * (takers - 1), neighbours.Length);
        Assert.All(neighbours, neighbour => Assert.Equal(times, neighbour.Value));
    }

    [Fact]
    public void Three_takers_get_every_order_once() =>
        Assert.Equal(6, Permutations(3, seed: 4).Select(permutation => string.Join(' ', permutation)).Distinct().Count());

    [Fact]
    public void The_same_seed_gives_the_same_order_and_another_one_another()
    {
        Assert.Equal(Cycles(4, seed: 5, balancedSets: 3), Cycles(4, seed: 5, balancedSets: 3));
        Assert.NotEqual(Cycles(4, seed: 5, balancedSets: 3), Cycles(4, seed: 6, balancedSets: 3));
    }

    [Fact]
    public void Somebody_must_take_turns() => Assert.Throws<ArgumentOutOfRangeException>(() => new TurnOrder(0, new Random(1)));
}
