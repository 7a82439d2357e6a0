using ConnectionReuse.Reporting.Rows;
using ConnectionReuse.Reporting.Statistics;
using ConnectionReuse.Results;
using ConnectionReuse.Tests.Faults;
using Xunit;
using static ConnectionReuse.Tests.Reporting.SampleRuns;

namespace ConnectionReuse.Tests.Reporting;

public sealed class RowRemarksTests
{
    private static readonly ResultRow Row = Row(TargetIds.KestrelHttps, "shared", 0.0367);

    [Fact]
    public void A_quiet_row_has_no_remark() => Assert.Equal(RowRemarks.Quiet, RowRemarks.Of(Row with
    {
        Counts = Row.Counts! with { CompiledMethods = 0 },
        Launches = [.. Row.Launches.Select(launch => launch with { WarmupCapped = false })],
    }));

    [Fact]
    public void Of_a_row_whose_times_do_not_count_there_is_nothing_to_say() =>
        Assert.Equal(RowRemarks.Quiet, RowRemarks.Of(Compiled(1000) with { Status = RowStatus.Failed }));

    [Theory]
    [InlineData(107, 4.28)]
    [InlineData(25, 1.0)]
    [InlineData(24, null)] // not one an iteration: most iterations are free of it
    [InlineData(0, null)]
    [InlineData(null, null)] // nobody counted
    public void Methods_compiled_in_timed_iterations_are_told_from_one_an_iteration_on(int? compiled, double? told) =>
        Assert.Equal(told, RowRemarks.Of(Compiled(compiled)).CompiledPerIteration);

    [Fact]
    public void Launches_whose_warm_up_ended_at_its_cap_are_counted() =>
        Assert.Equal(2, RowRemarks.Of(Row with { Launches = [.. Row.Launches.Select((launch, index) => launch with { WarmupCapped = index < 2 })] }).CappedLaunches);

    [Theory]
    [InlineData(94, 1)]
    [InlineData(19, 1)]
    [InlineData(18, 0)] // 4.9 times: a loaded machine
    [Fault("an iteration of {0} ms among those of one median", "{1} named, with a remedy")]
    public void An_iteration_of_many_times_the_median_is_an_outlier(double milliseconds, int count) =>
        Assert.Equal(count == 0 ? null : new Outliers(count, 6, milliseconds, 3.7), Outliers.Of([3.5, 3.6, 3.7, 3.7, 3.9, milliseconds]));

    [Fact]
    public void Two_groups_with_nothing_between_them_are_two_modes()
    {
        var modes = TwoModes.Of([.. Around(3, 14), .. Around(6, 10)]);

        Assert.NotNull(modes);
        Assert.Equal(3, modes.Low, 0.1);
        Assert.Equal(6, modes.High, 0.1);
    }

    [Fact]
    public void One_sample_between_two_modes_does_not_hide_them() =>
        Assert.NotNull(TwoModes.Of([.. Around(3, 12), 4.3, .. Around(6, 12)]));

    public static TheoryData<string, double[]> OneMode => new()
    {
        { "evenly spread", [.. Enumerable.Range(0, 60).Select(i => 3 + i * 0.05)] },
        { "a long tail", [.. Enumerable.Range(1, 60).Select(i => 3 - Math.Log(i / 61.0))] },
        { "two modes that are close", [.. Around(3, 20), .. Around(3.3, 20)] },
        { "a few outliers", [.. Around(3, 40), .. Around(90, 4)] },
        { "too few samples", [.. Around(3, 9), .. Around(6, 9)] },
        { "all alike", [.. Enumerable.Repeat(3.0, 30)] },
        { "none", [] },
    };

    [Theory]
    [MemberData(nameof(OneMode))]
    public void One_group_is_one_mode(string _, double[] samples) => Assert.Null(TwoModes.Of(samples));

    [Theory]
    [InlineData(0, 0.0, 0, 0.0)] // quiet
    [InlineData(12, 2.5, 12, 0.0205)]
    [InlineData(0, 1.2, 0, 0.0)] // 0.98 % of two cores in 61 s: never quite absent
    [InlineData(0, 1.3, 0, 0.0106)]
    [Fault("{0} throttled periods and {1} s stolen", "{2} remarks with the environment")]
    public void What_the_machine_kept_from_a_run_is_told_where_it_matters(int periods, double stolen, int told, double share)
    {
        var remarks = RunRemarks.Of(WithInterference(new Interference { ThrottledPeriods = periods, ThrottledSeconds = periods * 0.1, StolenSeconds = stolen }));

        Assert.Equal(told, remarks.ThrottledPeriods);
        Assert.Equal(share, remarks.StolenShare, 1e-4);
    }

    [Fact]
    public void Of_a_run_at_which_nobody_looked_nothing_is_said() =>
        Assert.Equal(new RunRemarks(0, 0, 0), RunRemarks.Of(WithInterference(null)));

    private static ResultFile WithInterference(Interference? interference) => Run(Row) with { Runs = [Comparison with { Interference = interference }] };

    private static ResultRow Compiled(int? methods) => Row with { CountedIterations = 25, Counts = Row.Counts! with { CompiledMethods = methods } };

    private static IEnumerable<double> Around(double middle, int count) => Enumerable.Range(0, count).Select(i => middle * (1 + 0.004 * (i - count / 2)));
}
