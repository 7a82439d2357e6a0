using ConnectionReuse.Reporting.Gate;
using ConnectionReuse.Results;
using ConnectionReuse.Tests.Faults;
using ConnectionReuse.Tests.Reporting;
using Xunit;

namespace ConnectionReuse.Tests.Gate;

/// <summary>A stored result whose rows are not those that are measured.</summary>
public sealed class BaselineVerdictsTests
{
    private static readonly ResultFile Head = SampleRuns.Run(SampleRuns.KestrelHttps());

    [Fact]
    [Fault("a row of the stored result has another name", "both rows; inconclusive, exit 3")]
    public void A_renamed_row_is_named_from_both_sides_and_does_not_pass()
    {
        var stored = Changed(row => row.Client == "fresh" ? row with { Client = "frsh" } : row);

        var findings = Against(stored);

        Assert.Equal(
            ["kestrel-https frsh is stored, but not measured now", "kestrel-https fresh is measured now, but not stored: there is nothing to hold it against"],
            findings.Rows.Where(row => row.Verdict == GateVerdict.Inconclusive).Select(row => row.Reason));
        Assert.Equal(GateVerdict.Inconclusive, findings.Verdict);
        var table = GateTable.Render(Head with { Gate = findings });
        Assert.Contains("| kestrel-https frsh ", table, StringComparison.Ordinal);
        Assert.Contains("**inconclusive**: kestrel-https frsh is stored, but not measured now", table, StringComparison.Ordinal);
    }

    [Fact]
    [Fault("a row is gone from the stored result", "which one; inconclusive, exit 3")]
    public void A_row_that_is_gone_from_the_stored_result_does_not_pass()
    {
        var findings = Against(Head with { Rows = [.. Head.Rows.Skip(1)], Ratios = [] });

        Assert.Equal("kestrel-https fresh", Assert.Single(findings.Rows, row => row.Verdict == GateVerdict.Inconclusive).Name);
        Assert.Equal(GateVerdict.Inconclusive, findings.Verdict);
    }

    [Fact]
    [Fault("the stored result is of another CPU and other runtime settings", "both differences; allocations are not compared")]
    public void Another_machine_is_named_and_other_settings_compare_no_allocations()
    {
        var stored = Head with { Environment = Head.Environment with { Cpu = "another CPU", RuntimeSettings = ["DOTNET_gcServer=1"] } };

        var rows = Against(stored).Rows;

        Assert.Contains(rows, row => row is { Name: "environment", Decides: false } && row.Reason.StartsWith("CPU: A another CPU; B ", StringComparison.Ordinal));
        Assert.All(rows.Where(row => row.Measure == GateMeasure.Allocations), row =>
            Assert.Equal((GateVerdict.Inconclusive, "the stored result is of other runtime settings: their allocations do not compare"), (row.Verdict, row.Reason)));
    }

    [Fact]
    public void A_regression_of_another_row_decides_all_the_same()
    {
        var stored = Changed(row => row.Client == "fresh" ? row with { Client = "frsh" } : row with { AllocatedBytesPerRequest = row.AllocatedBytesPerRequest / 2 });

        Assert.Equal(GateVerdict.Regression, Against(stored).Verdict);
    }

    [Fact]
    public void A_row_that_was_stored_as_failed_is_nothing_to_hold_against()
    {
        var stored = Changed(row => row.Client == "shared" ? SampleRuns.Empty(row.Target, row.Client, RowStatus.Failed, "no server") : row);

        var row = Assert.Single(Against(stored).Rows, row => row.Verdict == GateVerdict.Inconclusive);

        Assert.Equal(("kestrel-https shared", "kestrel-https shared is stored as failed: there is nothing to hold it against"), (row.Name, row.Reason));
    }

    [Fact]
    public void What_the_gate_does_not_measure_is_counted_and_decides_nothing()
    {
        var stored = Head with
        {
            Rows = [.. Head.Rows, SampleRuns.Row(TargetIds.Real, "fresh", 200), SampleRuns.Row(TargetIds.KestrelHttp, "shared", 1) with { Parameters = new RowParameters { Class = "Payloads" } }],
        };

        var findings = Against(stored);

        Assert.Equal("2 of other targets, classes, links and tools: the gate does not measure them", Assert.Single(findings.Rows, row => row.Name == "other stored rows").Reason);
        Assert.Equal(GateVerdict.Ok, findings.Verdict);
    }

    private static ResultFile Changed(Func<ResultRow, ResultRow> change) => Head with { Rows = [.. Head.Rows.Select(change)], Ratios = [] };

    private static GateFindings Against(ResultFile stored) => new() { Base = "stored", Head = "now", Rows = BaselineVerdicts.Of(stored, Head, Calibration.None) };
}
