using ConnectionReuse.Reporting.Rows;
using ConnectionReuse.Results;
using Xunit;
using static ConnectionReuse.Tests.Reporting.SampleRuns;

namespace ConnectionReuse.Tests.Reporting;

public sealed class RatiosTests
{
    [Fact]
    public void Every_row_is_held_against_reuse_and_against_its_floor() => Assert.Equal(
        [
            ("fresh", "shared"), ("fresh", "floor-fresh"),
            ("fresh-full", "shared"), ("fresh-full", "floor-fresh-full"),
            ("shared", "floor-shared"),
            ("floor-fresh", "floor-shared"),
            ("floor-fresh-full", "floor-shared"),
        ],
        Ratios.Of(KestrelHttps()).Select(ratio => (ratio.Slow, ratio.Fast)));

    [Fact]
    public void Nothing_is_held_against_a_reuse_that_there_was_not()
    {
        ResultRow[] rows = [.. KestrelHttps().Select(row => row.Client != "shared" ? row : row with { Counts = row.Counts! with { Opened = row.Counts.Requests, Carrying = row.Counts.Requests } })];

        Assert.DoesNotContain(Ratios.Of(rows), ratio => ratio.Fast == "shared");
        Assert.Contains(Ratios.Of(rows), ratio => (ratio.Slow, ratio.Fast) == ("shared", "floor-shared"));
    }

    // Per-round ratios 2, 4 and 8: the geometric mean is 4, the logarithms' standard deviation ln 2 and with it the
    // interval 4 · e^±1.72188; the differences are 10, 30 and 70 s per 100 calls, so 300 ms per call in the middle.
    [Fact]
    public void A_ratio_is_worked_out_round_by_round()
    {
        var ratio = Assert.Single(Ratios.Of([With("fresh", (1, 20), (2, 40), (3, 80)), With("shared", (3, 10), (2, 10), (1, 10))]));

        Assert.Equal(4, ratio.Value, 1e-9);
        Assert.Equal(4 / 5.59506, ratio.Low, 1e-4);
        Assert.Equal(4 * 5.59506, ratio.High, 1e-3);
        Assert.Equal(300, ratio.SavedMillisecondsPerCall, 1e-9);
        Assert.Equal(3, ratio.Rounds);
        Assert.Equal(0.95, ratio.Confidence);
    }

    [Fact]
    public void A_round_that_slows_both_rows_down_does_not_touch_the_ratio()
    {
        var ratio = Assert.Single(Ratios.Of([With("fresh", (1, 3), (2, 30), (3, 6)), With("shared", (1, 1), (2, 10), (3, 2))]));

        Assert.Equal(3, ratio.Low, 1e-9);
        Assert.Equal(3, ratio.High, 1e-9);
    }

    // The machine becomes ten times slower within each round, and one turn of each row is disturbed by itself.
    [Fact]
    public void What_slows_neighbouring_turns_alike_does_not_touch_the_ratio_nor_does_one_wild_turn()
    {
        double[] machine = [1, 2, 3, 4, 5, 6, 8, 10];
        var fresh = machine.Select((slower, turn) => 7 * slower * (turn == 3 ? 50 : 1)).ToArray();
        var shared = machine.SelectMany((slower, turn) => (double[])[slower, slower, turn == 5 ? 90 : slower]).ToArray();

        var ratio = Assert.Single(Ratios.Of([InTurns("fresh", fresh), InTurns("shared", shared)]));

        Assert.Equal(7, ratio.Value, 1e-9);
        Assert.Equal(7, ratio.Low, 1e-9);
        Assert.Equal(3, ratio.Rounds);
    }

    // Fresh is 4 times slower in every turn, and the machine changes between the turns so that the medians meet.
    [Fact]
    public void Rows_that_had_another_number_of_turns_are_compared_by_their_medians()
    {
        var ratio = Assert.Single(Ratios.Of([InTurns("fresh", [4, 4, 8, 8], turns: 4), InTurns("shared", [1, 2, 2, 2], turns: 2)]));

        Assert.Equal(3, ratio.Value, 1e-9);
    }

    [Fact]
    public void A_round_that_one_row_lacks_is_dropped()
    {
        var ratio = Assert.Single(Ratios.Of(
            [With("fresh", (1, 2), (2, 2), (3, 2), (4, 50)), With("shared", (1, 1), (2, 1), (3, 1), (5, 9))]));

        Assert.Equal(2, ratio.Value, 1e-9);
        Assert.Equal(3, ratio.Rounds);
    }

    [Fact]
    public void Two_rounds_in_common_are_too_few_for_a_ratio() =>
        Assert.Empty(Ratios.Of([With("fresh", (1, 2), (2, 2), (3, 2)), With("shared", (2, 1), (3, 1), (4, 1))]));

    [Theory]
    [InlineData(RowStatus.Partial, 1)]
    [InlineData(RowStatus.Failed, 0)]
    [InlineData(RowStatus.Unreachable, 0)]
    public void Only_rows_whose_times_count_take_part(RowStatus status, int ratios) => Assert.Equal(
        ratios,
        Ratios.Of([With("fresh", (1, 2), (2, 2), (3, 2)) with { Status = status }, With("shared", (1, 1), (2, 1), (3, 1))]).Count);

    [Fact]
    public void Rows_of_other_targets_URLs_or_parameters_are_not_compared()
    {
        var fresh = With("fresh", (1, 2), (2, 2), (3, 2));
        var shared = With("shared", (1, 1), (2, 1), (3, 1));

        Assert.Empty(Ratios.Of([fresh, shared with { Target = TargetIds.WireMockHttp }]));
        Assert.Empty(Ratios.Of([fresh, shared with { Url = RealUrl }]));
        Assert.Empty(Ratios.Of([fresh, shared with { Parameters = new RowParameters { Case = "1 kB" } }]));
    }

    private static ResultRow With(string client, params (int Round, double Seconds)[] launches) =>
        Empty(TargetIds.KestrelHttp, client, RowStatus.Measured) with
        {
            Launches = [.. launches.Select(launch => new Launch(launch.Round, [launch.Seconds]))],
        };

    private static ResultRow InTurns(string client, double[] seconds, int turns = 8)
    {
        var row = With(client, (1, 1), (2, 1), (3, 1));
        return row with { Launches = [.. row.Launches.Select(launch => launch with { IterationSeconds = seconds, Turns = turns })] };
    }
}
