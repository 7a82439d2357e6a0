using ConnectionReuse.Reporting.SideBySide;
using ConnectionReuse.Results;
using ConnectionReuse.Tests.Reporting;
using Xunit;
using static ConnectionReuse.Tests.Reporting.SampleRuns;

namespace ConnectionReuse.Tests.SideBySide;

public sealed class SideBySideTableTests
{
    private static readonly ResultFile Before = Run([.. WireMockHttp(), .. KestrelHttps().Take(3), Row(TargetIds.KestrelHttp, "fresh", 0.2, launches: 2)]);

    private static readonly ResultFile Measured = Run(
    [
        Row(TargetIds.WireMockHttp, "fresh", 0.612),
        Row(TargetIds.WireMockHttp, "shared", 0.42, noise: 0.6) with { Counts = new Counts { Requests = 100, Carrying = 4, Opened = 3 } },
        Empty(TargetIds.KestrelHttps, "fresh", RowStatus.Failed, "round 1: a | bar and <b>"),
        Row(TargetIds.KestrelHttps, "shared", 0.13, noise: 0.5),
        Row(TargetIds.KestrelHttp, "fresh", 0.25),
        Row(TargetIds.KestrelHttp, "shared", 0.05),
    ]);

    private static readonly ResultFile After = Measured with { Environment = SampleRuns.Environment with { Runtime = ".NET 10.0.1", Dirty = false } };

    [Fact]
    public void Two_results_are_held_by_a_golden_file() =>
        Golden.Holds("side-by-side.md", SideBySideTable.Render(Compare(failAbove: 0.05)));

    [Fact]
    public void Another_machine_is_named_on_top_and_only_counts_stand_in_the_table()
    {
        var table = SideBySideTable.Render(Compare(environment: After.Environment with { Cpu = "Another CPU", LogicalCores = 8 }));

        Assert.Contains("- CPU: A Example CPU @ 2.80GHz; B Another CPU\n- logical cores: A 2; B 8\n", table, StringComparison.Ordinal);
        Assert.Matches(@"\| wiremock-http +\| shared +\| +0\.288 \| +0\.421 \| not compared \| +0, 3 \|", table);
        Assert.Contains("- wiremock-http shared: connections opened per iteration 0 in A, 3 in B\n", table, StringComparison.Ordinal);
        Assert.DoesNotContain("x (", table, StringComparison.Ordinal);
    }

    [Fact]
    public void Across_machines_the_ratio_is_said_to_be_the_machines() => Assert.Contains(
        "- times of different machines: the ratio is the machines', not the code's\n",
        SideBySideTable.Render(Compare(environment: After.Environment with { Cpu = "Another CPU" }, across: true)),
        StringComparison.Ordinal);

    [Fact]
    public void Without_a_limit_nothing_is_said_of_one() => Assert.Empty(SideBySideNotes.Verdict(Compare()));

    [Fact]
    public void A_result_that_was_broken_on_purpose_is_named()
    {
        var broken = Before with { Runs = [.. Before.Runs.Select(run => run with { Fault = "SharedClose" })] };

        Assert.Equal("A was broken on purpose: SharedClose", Assert.Single(ResultComparer.Of(new NamedResult("a", broken), new NamedResult("b", Before)).Differences));
    }

    private static ResultComparison Compare(RunEnvironment? environment = null, bool across = false, double? failAbove = null) => ResultComparer.Of(
        new NamedResult("before", Before), new NamedResult("after", After with { Environment = environment ?? After.Environment }), across, failAbove);
}
