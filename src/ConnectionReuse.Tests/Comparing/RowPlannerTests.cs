using ConnectionReuse.Bench.Benchmarks;
using ConnectionReuse.Bench.Comparing;
using ConnectionReuse.Results;
using Xunit;

namespace ConnectionReuse.Tests.Comparing;

public sealed class RowPlannerTests
{
    private static readonly RowKey Near = new(TargetIds.KestrelHttps, null, "shared", null);

    [Fact]
    public void A_server_that_is_far_is_called_in_single_blocks_as_one_behind_a_link_is()
    {
        var behindALink = RowPlanner.Of(Near with { LinkMilliseconds = 10 }, 100);

        Assert.Equal(new RowPlan(Requests: 100, LeadIn: 0, Turns: 1, IterationsOfATurn: 1), RowPlanner.Of(Near with { IsFar = true }, 100));
        Assert.Equal(behindALink, RowPlanner.Of(Near with { IsFar = true }, 100));
        Assert.NotEqual(behindALink, RowPlanner.Of(Near, 100));
    }

    [Fact]
    public void A_call_with_a_big_body_fills_a_turn_once()
    {
        Assert.Equal(1, RowPlanner.Of(Near with { BodyBytes = 1_024_000 }, 100).IterationsOfATurn);
        Assert.Equal(RowPlanner.Of(Near, 100), RowPlanner.Of(Near with { BodyBytes = 64_000 }, 100));
    }
}
