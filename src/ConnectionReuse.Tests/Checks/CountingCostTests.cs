using System.Globalization;
using System.Text.Json;
using ConnectionReuse.Bench.Checks;
using ConnectionReuse.Measuring;
using ConnectionReuse.Servers;
using ConnectionReuse.Tests.Measuring;
using Xunit;

namespace ConnectionReuse.Tests.Checks;

/// <summary>What counting costs, without processes and sockets.</summary>
public sealed class CountingCostTests
{
    private static readonly Plan Plan = CountingCost.PlanOf(TimeSpan.FromSeconds(1), seed: 3);

    private static async Task<(IReadOnlyList<Verdict> Verdicts, FakeHost Host)> MeasureAsync(double cost)
    {
        var host = new FakeHost(_ => new FakeStation("the process", words => words[0] != "run" ? words[0]
            : FakeStation.Run(words[1].EndsWith(LocalServers.Uncounted, StringComparison.Ordinal) ? 0.001 : 0.001 * (1 + cost), int.Parse(words[4], CultureInfo.InvariantCulture))));
        return (await new CountingCost(host, new PassingTime()).MeasureAsync(Plan, _ => { }, TestContext.Current.CancellationToken), host);
    }

    [Fact]
    public async Task Every_row_has_a_verdict_over_sets_of_a_process_each()
    {
        var (verdicts, host) = await MeasureAsync(cost: 0);

        Assert.Equal(["kestrel-http fresh", "kestrel-http shared", "kestrel-https fresh", "kestrel-https shared"], verdicts.Select(verdict => verdict.Name));
        Assert.All(verdicts, verdict => Assert.True(verdict.Holds));
        Assert.Equal(Plan.Sets, host.Sets.Count);
        Assert.All(host.Sets, stations => Assert.True(Assert.Single(stations).Ended));
    }

    [Theory]
    [InlineData(0.004, true)]
    [InlineData(0.02, false)]
    public async Task A_cost_beyond_the_limit_is_found(double cost, bool holds)
    {
        var (verdicts, _) = await MeasureAsync(cost);

        Assert.All(verdicts, verdict => Assert.Equal((holds, 1 + cost), (verdict.Holds, Math.Round(verdict.Ratio.Value, 6))));
    }

    [Fact]
    public async Task Only_counted_targets_are_listened_to_and_both_ways_have_equal_turns()
    {
        var (_, host) = await MeasureAsync(cost: 0);

        var station = host.Sets[0][0];
        Assert.Equal(["kestrel-http", "kestrel-https"], JsonSerializer.Deserialize(station.Setup!, StationJson.Default.StationSetup)!.Listening);
        var turns = station.Asked.Where(asked => asked.StartsWith("run ", StringComparison.Ordinal) && !asked.EndsWith(" 1 20", StringComparison.Ordinal)).Select(asked => asked.Split(' ')[1..3]).ToArray(); // sizing aside
        Assert.All(Plan.Rows.Where(row => !row.Target.EndsWith(LocalServers.Uncounted, StringComparison.Ordinal)), row => Assert.Equal(
            turns.Count(turn => turn[0] == row.Target && turn[1] == row.Client),
            turns.Count(turn => turn[0] == row.Target + LocalServers.Uncounted && turn[1] == row.Client)));
        Assert.NotEmpty(turns);
    }
}
