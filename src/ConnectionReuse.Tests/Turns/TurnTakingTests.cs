using ConnectionReuse.Turns;
using Xunit;

namespace ConnectionReuse.Tests.Turns;

public sealed class TurnTakingTests
{
    private readonly List<int> _turns = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static TurnTaking<string> Of(params Taker[] takers) => new(takers, new TurnOrder(takers.Length, new Random(1)));

    private Taker Counting(int place) => new(_ =>
    {
        _turns.Add(place);
        return $"{place}:{_turns.Count}";
    });

    [Fact]
    public async Task Each_takes_the_turns_of_the_order_and_gets_its_own_two_back()
    {
        var expected = new TurnOrder(3, new Random(1)).NextCycle();

        var cycle = await Of(Counting(0), Counting(1), Counting(2)).CycleAsync(Token);

        Assert.Equal(expected, _turns);
        Assert.All(cycle.Index(), taker => Assert.Equal(
            expected.Index().Where(turn => turn.Item == taker.Index).Select(turn => $"{taker.Index}:{turn.Index + 1}"),
            [taker.Item.There, taker.Item.Back]));
    }

    [Fact]
    public async Task Cycles_end_only_where_the_order_is_balanced()
    {
        var asked = 0;

        var cycles = await Of(Counting(0), Counting(1)).BalancedCyclesAsync(() => ++asked < 3, Token);

        Assert.Equal(6, cycles.Count);
        Assert.Equal(12, _turns.Count(taker => taker == 0));
        Assert.Equal(12, _turns.Count(taker => taker == 1));
    }

    [Fact]
    public async Task Nobody_takes_a_turn_after_one_that_failed()
    {
        var failing = new Taker(_ => throw new IOException("gone"));

        await Assert.ThrowsAsync<IOException>(() => Of(failing, failing).CycleAsync(Token));
        await Assert.ThrowsAsync<IOException>(() => Of(Counting(0), failing).BalancedCyclesAsync(() => true, Token));
        Assert.InRange(_turns.Count, 0, 1);
    }

    [Fact]
    public async Task Nobody_takes_a_turn_once_it_is_cancelled()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAsync<OperationCanceledException>(() => Of(Counting(0), Counting(1)).CycleAsync(cancelled.Token));
        Assert.Empty(_turns);
    }

    private sealed class Taker(Func<CancellationToken, string> take) : ITurnTaker<string>
    {
        public Task<string> TakeTurnAsync(CancellationToken cancellationToken) => Task.FromResult(take(cancellationToken));
    }
}
