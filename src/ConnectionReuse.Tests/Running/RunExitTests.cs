using ConnectionReuse.Bench.Running;
using ConnectionReuse.Results;
using ConnectionReuse.Tests.Reporting;
using Xunit;

namespace ConnectionReuse.Tests.Running;

public sealed class RunExitTests
{
    [Theory]
    [InlineData(false, 0, RowStatus.Measured, RowStatus.Measured)]
    [InlineData(false, 0, RowStatus.Measured, RowStatus.Unreachable)]
    [InlineData(true, 4, RowStatus.Measured, RowStatus.Unreachable)]
    [InlineData(false, 0, RowStatus.Measured, RowStatus.WrongAnswer)]
    [InlineData(true, 4, RowStatus.Measured, RowStatus.WrongAnswer)]
    [InlineData(false, 4, RowStatus.WrongAnswer, RowStatus.WrongAnswer)]
    [InlineData(true, 0, RowStatus.Measured, RowStatus.Unsupported)]
    [InlineData(false, 4, RowStatus.Measured, RowStatus.NotRun)]
    [InlineData(false, 4, RowStatus.Unreachable, RowStatus.Unreachable)]
    [InlineData(false, 4, RowStatus.Unsupported, RowStatus.Unsupported)]
    [InlineData(false, 4, RowStatus.NotRun, RowStatus.NotRun)]
    [InlineData(false, 0, RowStatus.Partial, RowStatus.Unsupported)]
    [InlineData(false, 1, RowStatus.Failed, RowStatus.NotRun)]
    public void A_run_in_which_a_row_has_no_figure_does_not_end_well(bool requireTargets, int exit, RowStatus one, RowStatus other)
    {
        Assert.Equal((ExitCode)exit, RunExit.Of(Rows(one, other), cut: false, requireTargets));
        Assert.Equal(ExitCode.Interrupted, RunExit.Of(Rows(one, other), cut: true, requireTargets));
    }

    [Fact]
    public void A_cause_is_told_once_and_the_worst_one_alone() => Assert.Equal(
        ["could not measure: why NotRun"],
        RunExit.Causes(Rows(RowStatus.Unreachable, RowStatus.NotRun, RowStatus.Unsupported, RowStatus.NotRun, RowStatus.Measured)));

    [Fact]
    public void An_unreachable_target_is_named() => Assert.Equal(
        [$"could not measure: {Rows(RowStatus.Unreachable)[0].Url}: why Unreachable"], RunExit.Causes(Rows(RowStatus.Unreachable, RowStatus.Unreachable)));

    private static ResultRow[] Rows(params RowStatus[] statuses) =>
        [.. statuses.Select(status => SampleRuns.Empty(TargetIds.KestrelHttp, "fresh", status, $"why {status}"))];
}
