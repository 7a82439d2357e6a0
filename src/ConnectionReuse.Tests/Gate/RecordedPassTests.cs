using ConnectionReuse.Bench.Gate;
using ConnectionReuse.Reporting.Gate;
using ConnectionReuse.Results;
using ConnectionReuse.Tests.Reporting;
using Xunit;

namespace ConnectionReuse.Tests.Gate;

/// <summary>Verdicts over samples that a machine really gave: runs of <c>check gate</c>, with the thresholds of the published record.</summary>
public sealed class RecordedPassTests
{
    [Theory]
    [InlineData("aa", GateVerdict.Ok)]
    [InlineData("slow-10", GateVerdict.Regression)]
    public void Recorded_samples_give_the_recorded_verdicts(string kind, GateVerdict verdict)
    {
        var file = ResultFiles.Read(Golden.Repository($"src/ConnectionReuse.Tests/Gate/Recorded/{kind}.json"));
        var report = file.Gate!;
        var calibration = ValidationRecord.CalibrationOf(new GateValidation(GateValidation.Folder).Read(), file.Environment.Machine);

        var times = TimeVerdicts.Of(report.Passes[0].Rows, calibration);
        times = report.Passes.Count == 1 ? times : TimeVerdicts.Confirm(times, TimeVerdicts.Of(report.Passes[1].Rows, calibration));

        Assert.All(times, row => Assert.Equal(verdict, row.Verdict));
        Assert.Equal(
            report.Rows.Where(row => row.Measure == GateMeasure.Time).Select(row => (row.Name, row.Verdict, row.Reason)),
            times.Where(row => row.Name != TimeVerdicts.Together).Select(row => (row.Name, row.Verdict, row.Reason))); // recorded before the rows were judged together
        Assert.Equal(
            report.Rows.Where(row => row.Measure is GateMeasure.Connections or GateMeasure.Allocations).Select(row => (row.Name, row.Measure, row.Verdict, row.Reason)),
            CountVerdicts.Of(report.Passes[0].Counts, calibration).Select(row => (row.Name, row.Measure, row.Verdict, row.Reason)));
    }
}
