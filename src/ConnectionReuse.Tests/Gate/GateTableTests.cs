using ConnectionReuse.Reporting.Gate;
using ConnectionReuse.Results;
using ConnectionReuse.Tests.Reporting;
using Xunit;

namespace ConnectionReuse.Tests.Gate;

public sealed class GateTableTests
{
    private static ResultFile Report(params IReadOnlyList<GatePass> passes)
    {
        var times = TimeVerdicts.Of(passes[0].Rows, Calibration.None);
        return new ResultFile
        {
            Environment = SampleRuns.Environment with { Placement = "client and server on one core" },
            Runs = [new Run { Kind = RunKind.Gate, CommandLine = "gate", Start = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), DurationSeconds = 118.4 }],
            Rows = [],
            Ratios = [],
            Gate = new GateFindings
            {
                Base = "1111111",
                Head = "the working tree over 2222222",
                Rows = [.. CountVerdicts.Of(passes[0].Counts, Calibration.None), .. TimeVerdicts.Told(passes.Count > 1 ? TimeVerdicts.Confirm(times, TimeVerdicts.Of(passes[1].Rows, Calibration.None)) : times, GatePolicy.Default), .. TimeVerdicts.Ratios(passes[0].Rows)],
                Passes = passes,
            },
        };
    }

    private static ResultFile With(ResultFile file, Func<GateFindings, GateFindings> change) => file with { Gate = change(file.Gate!) };

    [Fact]
    public void A_pass_says_so_in_its_last_line() => Golden.Holds("gate-pass.md", GateTable.Render(Report(SamplePasses.Of(1, _ => 0))));

    [Fact]
    public void A_regression_is_named_with_its_confirmation() => Golden.Holds("gate-regression.md", GateTable.Render(Report(
        SamplePasses.Of(1, key => key.Client == "shared" ? 0.08 : 0),
        SamplePasses.Of(2, key => key.Client == "shared" ? 0.08 : 0))));

    [Fact]
    public void A_disturbed_run_says_what_disturbed_it() => Golden.Holds("gate-disturbed.md", GateTable.Render(Report(SamplePasses.Of(1, _ => 0, control: 0.07))));

    [Fact]
    public void The_report_is_read_back_with_every_sample()
    {
        var report = Report(SamplePasses.Of(1, _ => 0.04));

        var again = ResultJson.Parse(ResultJson.Serialize(report));

        Assert.Equal(ResultJson.Serialize(report), ResultJson.Serialize(again));
        Assert.Equal(report.Gate!.Passes[0].Rows[3].Sets[11].Cycles, again.Gate!.Passes[0].Rows[3].Sets[11].Cycles);
        Assert.Equal(report.Gate.Verdict, again.Gate.Verdict);
    }

    [Fact]
    public void The_json_of_verdicts_is_held_by_a_golden_file() =>
        Golden.Holds("gate.json", ResultJson.Serialize(With(Report(SamplePasses.Of(1, _ => 0)), found => found with
        {
            Rows =
            [
                new GateRow { Name = "kestrel-http fresh", Measure = GateMeasure.Connections, Verdict = GateVerdict.Ok, Reason = "as declared", Estimate = 50, Threshold = 50 },
                new GateRow { Name = "kestrel-http fresh", Measure = GateMeasure.Time, Verdict = GateVerdict.Inconclusive, Reason = "too few sets", Estimate = 1.25, Low = 1.125, High = 1.5, Threshold = 1.03125, P = 0.5, Visible = 1.0625 },
                new GateRow { Name = "kestrel-http fresh/shared", Measure = GateMeasure.Ratio, Verdict = GateVerdict.Ok, Reason = "advice", Estimate = 6, Decides = false },
            ],
            Passes = [new GatePass(7, [new RowSamples("kestrel-http", "fresh", [new SetSamples([new CycleSeconds(0.5, 0.25, 0.75)])])], [])],
        })));

    [Fact]
    public void What_a_build_calls_itself_becomes_no_markup()
    {
        var table = GateTable.Render(With(Report(SamplePasses.Of(1, _ => 0)), found => found with { Head = "<img src=x> @everyone [a](b)\n# heading" }));

        Assert.DoesNotContain('<', table);
        Assert.DoesNotContain('@', table);
        Assert.DoesNotContain("\n# heading", table, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_without_any_row_is_inconclusive()
    {
        var report = With(Report(SamplePasses.Of(1, _ => 0)), found => found with { Rows = [] }).Gate!;

        Assert.Equal(GateVerdict.Inconclusive, report.Verdict);
        Assert.Equal("**inconclusive**: no row could be compared", GateTable.Summary(report));
    }

    [Fact]
    public void The_validation_record_is_drawn_with_exact_bounds()
    {
        var rows = TimeVerdicts.Of(SamplePasses.Of(1, _ => 0).Rows, Calibration.None);
        ValidationRun Run(string kind, int minute, GateVerdict verdict) =>
            new(kind, "linux-x64-2", new DateTimeOffset(2026, 1, 2, 3, minute, 0, TimeSpan.Zero), "2222222", verdict, rows, ValidationRecord.Method);

        Golden.Holds("gate-validation.md", ValidationRecord.Render(
        [
            .. Enumerable.Range(0, 10).Select(i => Run("calibration", i, GateVerdict.Ok)),
            .. Enumerable.Range(10, 40).Select(i => Run("aa", i, GateVerdict.Ok)),
            .. Enumerable.Range(0, 20).Select(i => Run("slow-10", i, i == 0 ? GateVerdict.Inconclusive : GateVerdict.Regression)),
        ]));
    }

    [Fact]
    public void A_record_of_calibrations_alone_says_so()
    {
        var rows = TimeVerdicts.Of(SamplePasses.Of(1, _ => 0).Rows, Calibration.None);

        var text = ValidationRecord.Render([new ValidationRun("calibration", "linux-x64-2", DateTimeOffset.UnixEpoch, "2222222", GateVerdict.Ok, rows, ValidationRecord.Method)]);

        Assert.Contains("No validation run yet", text, StringComparison.Ordinal);
        Assert.Contains("- 1 calibration runs;", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Validation_runs_set_no_threshold()
    {
        GateRow row = new() { Name = "kestrel-http fresh", Measure = GateMeasure.Time, Verdict = GateVerdict.Ok, Reason = "", Estimate = 1.02 };
        ValidationRun Run(string kind, int minute, double estimate) =>
            new(kind, "linux-x64-2", new DateTimeOffset(2026, 1, 2, 3, minute, 0, TimeSpan.Zero), "2222222", GateVerdict.Ok, [row with { Estimate = estimate }], ValidationRecord.Method);

        var calibration = ValidationRecord.CalibrationOf(
            [.. Enumerable.Range(0, 10).Select(i => Run("calibration", i, 1.02)), Run("aa", 20, 1.5), Run("calibration", 30, 1.6), Run("calibration", 5, 1 / 1.04) with { Machine = "other" }],
            "linux-x64-2");

        Assert.Equal(0.02, calibration.Time["kestrel-http fresh"], 1e-12);
    }
}
