using ConnectionReuse.Reporting.Tables;
using ConnectionReuse.Results;
using Xunit;
using static ConnectionReuse.Tests.Reporting.SampleRuns;

namespace ConnectionReuse.Tests.Reporting;

public sealed class RemarkLinesTests
{
    private static readonly ResultRow Quiet = Row(TargetIds.KestrelHttps, "shared", 0.0367);

    [Fact]
    public void Quiet_rows_have_no_line() => Assert.Empty(RemarkLines.Of([("fresh", Quiet), ("shared", Quiet)]));

    [Fact]
    public void Each_kind_of_remark_is_one_line_of_all_rows_with_its_remedy()
    {
        var lines = RemarkLines.Of([("fresh", Compiled(107)), ("shared", Compiled(135)), ("floor", WithOutlier(0.094)), ("quiet", Quiet)]);

        Assert.Equal(
            [
                "code was compiled while it was timed, methods an iteration: shared 5.4, fresh 4.3; warm up longer: --warmupCount N",
                "iterations of more than 5 times the median: floor 1 of 26, the longest 94.0 ms beside 3.71 ms; something else ran meanwhile, which a median hardly shows and a mean does: close other programs and measure again",
            ],
            lines);
    }

    [Fact]
    public void A_warm_up_at_its_cap_and_two_modes_have_their_remedies()
    {
        var row = Quiet with { Launches = [.. Quiet.Launches.Select((launch, index) => launch with { WarmupCapped = index == 0, IterationSeconds = index < 2 ? [0.008, 0.008, 0.008, 0.008, 0.008] : [0.004, 0.004, 0.004, 0.004, 0.004] })] };

        Assert.Equal(
            [
                "the JIT still compiled when the warm-up was as long as it may be: shared in 1 of 5 launches; warm up longer: --warmupCount N",
                "iterations in two groups with next to nothing between them: shared around 4.00 ms and 8.00 ms; a median stands for one of them alone: see the launches in results.json, and take more of them: --launchCount N",
            ],
            RemarkLines.Of([("shared", row)]));
    }

    [Fact]
    public void The_remedies_of_timeit_are_options_of_timeit() =>
        Assert.EndsWith("; more turns leave it behind: --repeat N", Assert.Single(RemarkLines.Of([("shared", Compiled(100) with { Method = Method.Timeit })])), StringComparison.Ordinal);

    [Fact]
    public void Of_many_rows_the_worst_are_named()
    {
        var line = Assert.Single(RemarkLines.Of(Enumerable.Range(1, 36).Select(i => ($"row {i}", Compiled(25 * i)))));

        Assert.Contains(": row 36 36, row 35 35, row 34 34, row 33 33, row 32 32, row 31 31 and 30 more rows; ", line, StringComparison.Ordinal);
    }

    [Fact]
    public void They_stand_below_the_rows_of_their_table_once()
    {
        var table = TimeitTable.Render(Run([.. WireMockHttp().Select(row => row with { CountedIterations = 25, Counts = row.Counts! with { CompiledMethods = 50 } }), .. KestrelHttps()]));

        Assert.Equal(1, table.Split("\n- code was compiled while it was timed, methods an iteration: fresh 2, shared 2; ").Length - 1);
        Assert.Equal(1, table.Split("code was compiled").Length - 1);
    }

    [Fact]
    public void What_the_machine_kept_from_the_run_stands_with_its_environment()
    {
        var file = Run(Quiet) with { Runs = [Comparison with { Interference = new Interference { ThrottledPeriods = 12, ThrottledSeconds = 1.3, StolenSeconds = 5 } }] };

        Assert.Equal(
            [
                "throttled: a CPU quota was spent in 12 periods, 1.30 s in all; times hold the waiting: raise the quota of the container, or run without one",
                "stolen: the hypervisor gave 4.1% of the cores' time to other machines; times hold the waiting: measure on a quieter host, or at another time",
            ],
            RemarkLines.OfRuns(file));
        Assert.Contains("\n- throttled: ", TimeitTable.Render(file), StringComparison.Ordinal);
        Assert.DoesNotContain("throttled: ", TimeitTable.Render(Run(Quiet)), StringComparison.Ordinal);
    }

    private static ResultRow Compiled(int methods) => Quiet with { CountedIterations = 25, Counts = Quiet.Counts! with { CompiledMethods = methods } };

    private static ResultRow WithOutlier(double seconds) => Quiet with
    {
        Launches = [.. Quiet.Launches.Select((launch, index) => index == 0 ? launch with { IterationSeconds = [.. launch.IterationSeconds, seconds] } : launch)],
    };
}
