using ConnectionReuse.Reporting.Reports;
using ConnectionReuse.Reporting.Rows;
using ConnectionReuse.Results;
using ConnectionReuse.Tests.Charts;
using ConnectionReuse.Tests.Faults;
using Xunit;
using static ConnectionReuse.Tests.Reporting.SampleRuns;

namespace ConnectionReuse.Tests.Reports;

public sealed class MergedResultTests
{
    [Fact]
    public void Comparisons_of_several_runs_become_one_result_with_their_ratios()
    {
        var merged = MergedResult.Of([At(1, KestrelHttps()), At(2, WireMockHttp()), At(3, SampleMeasurements.OverLinks())]);

        Assert.Equal(6 + 2 + 18, merged.Rows.Count);
        Assert.Equal(Ratios.Of(merged.Rows).Count, merged.Ratios.Count);
        Assert.Equal([TargetIds.WireMockHttp, TargetIds.KestrelHttp, TargetIds.KestrelHttps], merged.Rows.Select(row => row.Target).Distinct());
        Assert.Equal(1, merged.Start.Day);
        Assert.Equal(3 * 61.25, merged.Runs.Sum(run => run.DurationSeconds!.Value));
        Assert.Equal(["run 1", "run 2", "run 3"], merged.Runs.Select(run => run.CommandLine));
        Assert.Equal(["run 2", "run 3", "run 1", "run 3"], merged.Rows.Select(row => merged.RunOf(row).CommandLine).Aggregate(new List<string>(), (lines, line) => lines is [.., var last] && last == line ? lines : [.. lines, line]));
    }

    [Fact]
    public void The_newest_run_of_a_comparison_wins_also_when_it_failed()
    {
        var failed = Empty(TargetIds.WireMockHttp, "fresh", RowStatus.Failed, "connection reset");

        var merged = MergedResult.Of([At(2, [failed, Row(TargetIds.WireMockHttp, "shared", 0.3)]), At(1, WireMockHttp())]);

        Assert.Equal([RowStatus.Failed, RowStatus.Measured], merged.Rows.Select(row => row.Status));
        Assert.Empty(merged.Ratios);
        Assert.Equal("run 2", Assert.Single(merged.Runs).CommandLine);
    }

    [Fact]
    [Fault("results of two machines and of one in a report", "what differs; exit 2")]
    public void A_result_of_two_machines_goes_into_no_report_with_one_of_loopback()
    {
        var between = At(2, KestrelHttps()) is var file ? file with { Environment = file.Environment with { Server = file.Environment } } : null!;

        var error = Assert.Throws<MergeException>(() => MergedResult.Of([At(1, WireMockHttp()), between]));

        Assert.StartsWith("results of different machines", error.Message, StringComparison.Ordinal);
        Assert.NotEqual(Machine.ReportName(At(1, KestrelHttps())), Machine.ReportName(between));
    }

    [Fact]
    [Fault("results of two machines over another network in a report", "both round trips; exit 2")]
    public void Results_over_different_networks_go_into_no_report()
    {
        var near = Between(1, 0.3);

        var error = Assert.Throws<MergeException>(() => MergedResult.Of([near, Between(2, 60)]));

        Assert.Equal("results over round trips of 300 us and 60.0 ms do not go into one report", error.Message);
        Assert.NotEmpty(MergedResult.Of([near, Between(2, 0.5)]).Rows); // as one network on two days

        static ResultFile Between(int day, double milliseconds) => At(day, [.. KestrelHttps().Select(row => row with { RoundTripMilliseconds = milliseconds })]);
    }

    [Fact]
    public void A_run_of_some_rows_only_does_not_hide_one_of_all()
    {
        var merged = MergedResult.Of(
        [
            At(1, KestrelHttps()),
            At(2, [Row(TargetIds.KestrelHttps, "shared", 0.2)]),
            At(3, [Row(TargetIds.KestrelHttps, "fresh", 2), .. KestrelHttps().Skip(1).Select(row => Empty(row.Target, row.Client, RowStatus.NotRun))]),
        ]);

        Assert.Equal(KestrelHttps().Select(row => row.WithFigures().Median), merged.Rows.Select(row => row.Median));
    }

    [Fact]
    public void A_comparison_in_fresh_processes_comes_before_timeit()
    {
        var timeit = At(2, [Row(TargetIds.WireMockHttp, "fresh", 7), Row(TargetIds.WireMockHttp, "shared", 3)]);

        var merged = MergedResult.Of([timeit with { Rows = [.. timeit.Rows.Select(row => row with { Method = Method.Timeit })] }, At(1, WireMockHttp())]);

        Assert.Equal(WireMockHttp().Select(row => row.WithFigures().Median), merged.Rows.Select(row => row.Median));
    }

    [Fact]
    public void Phases_are_taken_from_the_run_that_has_them()
    {
        var merged = MergedResult.Of([At(2, KestrelHttps()), At(1, [.. SampleMeasurements.Local().Where(row => row.Phases is not null)])]);

        Assert.Equal(["fresh", "shared"], merged.Rows.Where(row => row.Phases is not null).Select(row => row.Client));
        Assert.Equal(["run 1", "run 2"], merged.Runs.Select(run => run.CommandLine));
        Assert.Equal(6, merged.Rows.Count);
    }

    [Fact]
    public void The_same_files_in_any_order_give_the_same_result()
    {
        ResultFile[] files = [At(1, KestrelHttps()), At(2, WireMockHttp()), At(3, SampleMeasurements.Amortisation())];

        Assert.Equal(ResultJson.Serialize(MergedResult.Of(files)), ResultJson.Serialize(MergedResult.Of([.. files.Reverse()])));
    }

    [Fact]
    public void A_single_file_stays_as_it_is()
    {
        var file = SampleMeasurements.Everything();

        Assert.Same(file, MergedResult.Of([file]));
    }

    [Fact]
    public void Results_that_do_not_belong_together_are_refused_in_words()
    {
        var file = At(1, WireMockHttp());
        string Refusal(RunEnvironment other) =>
            Assert.Throws<MergeException>(() => MergedResult.Of([file with { Environment = other, Runs = [Comparison with { Start = file.Start.AddDays(1) }] }, file])).Message;

        Assert.Equal("results of different commits (fedcba; 0123456789abcdef0123456789abcdef01234567) do not go into one report", Refusal(file.Environment with { Commit = "fedcba" }));
        Assert.Equal(
            "results of different machines (linux, x64, 8 cores, Example CPU @ 2.80GHz; linux, x64, 2 cores, Example CPU @ 2.80GHz) do not go into one report",
            Refusal(file.Environment with { LogicalCores = 8 }));
        Assert.StartsWith("results of different runtime settings (", Refusal(file.Environment with { RuntimeSettings = [.. file.Environment.RuntimeSettings ?? [], "DOTNET_gcServer=1"] }), StringComparison.Ordinal);
        Assert.Equal("results of different states of the working tree (as committed; with uncommitted changes) do not go into one report", Refusal(file.Environment with { Dirty = false }));
        Assert.Equal("results of different runtimes (.NET 11.0.0; .NET 10.0.0) do not go into one report", Refusal(file.Environment with { Runtime = ".NET 11.0.0" }));
        Assert.Equal("results of different placements (free; client and server on one core) do not go into one report", Refusal(file.Environment with { Placement = "free" }));
        Assert.Equal("there is no result to make a report of", Assert.Throws<MergeException>(() => MergedResult.Of([])).Message);
    }

    [Fact]
    public void A_reports_name_says_when_what_and_where() =>
        Assert.Equal("2026-01-02-0123456-dirty-linux-x64-2", Machine.ReportName(Run()));

    private static ResultFile At(int day, IEnumerable<ResultRow> rows) => Run(rows) is var file
        ? file with { Runs = [Comparison with { Start = new DateTimeOffset(2026, 1, day, 0, 0, 0, TimeSpan.Zero), CommandLine = $"run {day}" }] }
        : throw new InvalidOperationException();
}
