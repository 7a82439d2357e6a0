using ConnectionReuse.Reporting.Rows;
using ConnectionReuse.Reporting.SideBySide;
using ConnectionReuse.Results;
using ConnectionReuse.Tests.Reporting;
using Xunit;
using static ConnectionReuse.Tests.Reporting.SampleRuns;

namespace ConnectionReuse.Tests.SideBySide;

public sealed class ResultComparerTests
{
    private static readonly ResultRow Fresh = Row(TargetIds.KestrelHttp, "fresh", 0.2);

    private static readonly ResultRow Shared = Row(TargetIds.KestrelHttp, "shared", 0.05);

    [Fact]
    public void Equal_results_are_not_told_apart()
    {
        var row = Assert.Single(Compare([Fresh], [Fresh]).Rows);

        Assert.Equal((1, null), (Math.Round(row.Ratio!.Value, 12), row.Reason));
        Assert.True(SideBySideTable.IsUndecided(row));
        Assert.StartsWith("undecided (", SideBySideTable.Ratio(row), StringComparison.Ordinal);
    }

    [Fact]
    public void A_slower_row_is_told_with_an_interval_that_holds_the_shift()
    {
        var row = Assert.Single(Compare([Fresh], [Slower(Fresh, 1.3)]).Rows);

        Assert.InRange(1.3, row.Low!.Value, row.High!.Value);
        Assert.True(row.Low > 1);
        Assert.Equal(1.3, row.MedianB!.Value / row.MedianA!.Value, 1e-9);
        Assert.Matches(@"^1\.30?x \(1\.\d+-1\.\d+\)$", SideBySideTable.Ratio(row));
    }

    [Fact]
    public void Two_rounds_give_a_ratio_without_an_interval()
    {
        var row = Assert.Single(Compare([Row(TargetIds.KestrelHttp, "fresh", 0.2, launches: 2)], [Fresh]).Rows);

        Assert.Equal((null, null), (row.Low, row.High));
        Assert.Equal("an interval needs 3 rounds of each: A has 2, B 5", row.Reason);
        Assert.EndsWith("x (no interval)", SideBySideTable.Ratio(row), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_row_that_one_result_lacks_is_named()
    {
        var link = Fresh with { Parameters = new RowParameters { Link = new ResultLink { RttMilliseconds = 50, ServerTimeMilliseconds = 0 } } };
        var comparison = Compare([Fresh, Shared, link], [Fresh, Fresh with { Requests = 10 }, link with { Parameters = new RowParameters { Class = "Payloads", Case = "0 kB down" } }]);

        Assert.Equal("fresh", Assert.Single(comparison.Rows).Client);
        Assert.Equal(["kestrel-http shared, 100 requests", "kestrel-http fresh, rtt 50ms, 100 requests"], comparison.OnlyA);
        Assert.Equal(["kestrel-http fresh, 10 requests", "kestrel-http fresh, class Payloads, case 0 kB down, 100 requests"], comparison.OnlyB);
    }

    [Fact]
    public void A_local_server_has_another_port_each_time_and_a_real_URL_is_another_target()
    {
        var other = Fresh with { Url = "http://localhost:1/" };
        var real = Row(TargetIds.Real, "fresh", 100);
        var elsewhere = real with { Url = "https://example.org/", Parameters = new RowParameters { Url = "https://example.org/" } };
        var comparison = Compare([Fresh, real], [other, elsewhere]);

        Assert.Equal(TargetIds.KestrelHttp, Assert.Single(comparison.Rows).Target);
        Assert.Equal([$"real {RealUrl} fresh, 100 requests"], comparison.OnlyA);
        Assert.Equal(["real https://example.org/ fresh, 100 requests"], comparison.OnlyB);
    }

    [Fact]
    public void A_row_without_times_has_its_reason_and_its_counts()
    {
        var failed = Empty(TargetIds.KestrelHttp, "fresh", RowStatus.Failed, "the server is gone") with { Counts = Fresh.Counts, CountedIterations = 1 };

        var row = Assert.Single(Compare([Fresh], [failed]).Rows);

        Assert.Equal((null, "B: failed: the server is gone"), (row.Ratio, row.Reason));
        Assert.Equal(100, row.Counts.Single(count => count.Name == "connections opened").B);
    }

    [Fact]
    public void Counts_are_compared_exactly_whatever_the_number_of_iterations()
    {
        var thrice = Fresh with { Counts = Fresh.Counts! with { Opened = 300, Carrying = 300 }, CountedIterations = 3 };
        var oneMore = thrice with { Counts = thrice.Counts! with { Opened = 301 } };

        Assert.DoesNotContain(Assert.Single(Compare([Fresh], [thrice]).Rows).Counts, count => count.Differs);
        Assert.Equal("connections opened", Assert.Single(Assert.Single(Compare([Fresh], [oneMore]).Rows).Counts, count => count.Differs).Name);
    }

    [Fact]
    public void Unknown_counts_differ_from_nothing()
    {
        var unknown = Fresh with { Counts = Fresh.Counts! with { Opened = null } };

        Assert.DoesNotContain(Assert.Single(Compare([Fresh], [unknown]).Rows).Counts, count => count.Differs);
    }

    [Theory]
    [InlineData("cpu", true)]
    [InlineData("os", true)]
    [InlineData("architecture", true)]
    [InlineData("cores", true)]
    [InlineData("runtime", false)]
    [InlineData("setting", false)]
    public void What_differs_between_the_environments_is_named_and_another_machine_has_no_ratio(string what, bool anotherMachine)
    {
        var environment = what switch
        {
            "cpu" => SampleRuns.Environment with { Cpu = "Another CPU" },
            "os" => SampleRuns.Environment with { Os = "Microsoft Windows 11" },
            "architecture" => SampleRuns.Environment with { Architecture = "arm64" },
            "cores" => SampleRuns.Environment with { LogicalCores = 64 },
            "runtime" => SampleRuns.Environment with { Runtime = ".NET 11.0.0" },
            _ => SampleRuns.Environment with { RuntimeSettings = ["DOTNET_TieredPGO=1"] },
        };
        var (a, b) = (new NamedResult("a", Run(Fresh)), new NamedResult("b", Run(Fresh) with { Environment = environment }));

        var comparison = ResultComparer.Of(a, b);

        Assert.NotEmpty(comparison.Differences);
        Assert.Equal(anotherMachine, comparison.Rows[0].Ratio is null);
        Assert.Equal(!anotherMachine, comparison.TimesCompared);
        Assert.NotNull(ResultComparer.Of(a, b, across: true).Rows[0].Ratio);
        Assert.Contains(comparison.Rows[0].Counts, count => count is { A: 100, B: 100 });
    }

    [Theory]
    [InlineData(0.05, 1)]
    [InlineData(0.25, 1)]
    [InlineData(0.30, 0)]
    public void A_row_fails_only_where_its_whole_interval_lies_above(double failAbove, int failing)
    {
        var even = Fresh with { Launches = [.. Fresh.Launches.Select((launch, index) => new Launch(index + 1, [0.02 + (index * 0.0001)]))] };

        var comparison = ResultComparer.Of(new NamedResult("a", Run(even)), new NamedResult("b", Run(Slower(even, 1.3))), failAbove: failAbove);

        Assert.Equal(failing, ResultComparer.Failing(comparison).Count);
    }

    [Fact]
    public void The_rounds_of_one_set_of_processes_are_one_figure()
    {
        var twice = Fresh with { Launches = [.. Fresh.Launches.Concat(Fresh.Launches).OrderBy(launch => launch.Round)] };

        Assert.Equal(5, Assert.Single(Compare([twice], [twice]).Rows).RoundsA);
    }

    private static ResultComparison Compare(IEnumerable<ResultRow> a, IEnumerable<ResultRow> b) => ResultComparer.Of(new NamedResult("a", Run(a)), new NamedResult("b", Run(b)));

    private static ResultRow Slower(ResultRow row, double times) =>
        (row with { Launches = [.. row.Launches.Select(launch => launch with { IterationSeconds = [.. launch.IterationSeconds.Select(seconds => times * seconds)] })] }).WithFigures();
}
