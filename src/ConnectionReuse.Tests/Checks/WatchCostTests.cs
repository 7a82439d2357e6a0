using System.Globalization;
using ConnectionReuse.Bench.Checks;
using ConnectionReuse.Measuring;
using ConnectionReuse.Tests.Faults;
using ConnectionReuse.Tests.Measuring;
using Xunit;

namespace ConnectionReuse.Tests.Checks;

/// <summary>What it costs to be watched, without processes and sockets.</summary>
public sealed class WatchCostTests
{
    private const double Call = 0.001;

    private static readonly Plan Plan = WatchCost.PlanOf(TimeSpan.FromSeconds(1), seed: 3);

    private int _watched;

    [Fact]
    public async Task What_is_added_is_told_whatever_the_two_processes_differ_by()
    {
        var (verdicts, host) = await MeasureAsync(added: 20e-6, differ: 1.3);

        Assert.Equal(["kestrel-http fresh", "kestrel-http shared", "kestrel-https fresh", "kestrel-https shared"], verdicts.Select(verdict => verdict.Name));
        Assert.All(verdicts, verdict => Assert.Equal((true, 1.02), (verdict.Holds, Math.Round(verdict.Ratio.Value, 6))));
        Assert.Equal("kestrel-http fresh       +20.0 us a call (+20.0 to +20.0) beside 1000.0, limit 100: ok", verdicts[0].ToString());
        Assert.Equal((Plan.Sets, Plan.Sets), (host.Sets.Count, _watched));
        Assert.All(host.Sets, stations => Assert.True(stations is [{ Ended: true }, { Ended: true }]));
    }

    [Fact]
    public async Task A_cost_beyond_the_limit_is_found()
    {
        var (verdicts, _) = await MeasureAsync(added: 150e-6, differ: 1);

        Assert.All(verdicts, verdict => Assert.Equal((false, true), (verdict.Holds, verdict.ToString().EndsWith("limit 100: beyond the limit", StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1000, 3)]
    [Fault("`check watch` whose watch saw {0} calls and lost {1} events", "both numbers, and that the cost cannot be told; exit 4")]
    public async Task A_watch_that_saw_not_all_costs_nothing_that_could_be_told(int calls, int lost)
    {
        var failure = await Assert.ThrowsAsync<IOException>(() => MeasureAsync(added: 0, differ: 1, new WatchTally(calls, lost)));

        Assert.Equal($"{calls} calls were seen and {lost} events were lost: what watching costs cannot be told from that", failure.Message);
    }

    private async Task<(IReadOnlyList<WatchCostVerdict> Verdicts, FakeHost Host)> MeasureAsync(double added, double differ, WatchTally? tally = null)
    {
        var watching = false;
        var host = new FakeHost(place => new FakeStation($"station {place}", words => words[0] != "run" ? words[0]
            : FakeStation.Run(Call * (place == 0 ? differ * (watching ? 1 + (added / Call) : 1) : 1), int.Parse(words[4], CultureInfo.InvariantCulture))));
        var cost = new WatchCost(
            host,
            async (_, work, _) =>
            {
                (watching, _watched) = (true, _watched + 1);
                await work();
                watching = false;
                return tally ?? new WatchTally(1000, 0);
            },
            new PassingTime());
        return (await cost.MeasureAsync(Plan, _ => { }, TestContext.Current.CancellationToken), host);
    }
}
