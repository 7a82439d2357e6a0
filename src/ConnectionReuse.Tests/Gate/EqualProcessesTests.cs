using ConnectionReuse.Reporting.Gate;
using ConnectionReuse.Results;
using ConnectionReuse.Tests.Faults;
using MathNet.Numerics.Distributions;
using Xunit;

namespace ConnectionReuse.Tests.Gate;

public sealed class EqualProcessesTests
{
    private const int Runs = 4000;

    // Bytes per request of kestrel-https fresh on a busy machine: processes of one build lie up to 515 B apart.
    private const double Spread = 150;
    private const int Calls = 50;

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(6)]
    [Fault("equal builds whose processes differ by 2 % in bytes, {0} sets", "no regression")]
    public void Equal_builds_are_called_a_regression_as_seldom_as_the_level_says(int sets)
    {
        var random = new Random(5);
        var alarms = Enumerable.Range(0, Runs).Count(_ => Allocations(Noisy(sets, 0, random)).Verdict == GateVerdict.Regression);

        Assert.True(alarms <= Runs * GateRules.Alpha, $"{alarms} of {Runs}");
    }

    [Theory]
    [InlineData(3)]
    [InlineData(6)]
    public void Twice_the_bytes_are_found_whatever_the_noise(int sets)
    {
        var random = new Random(6);
        Assert.All(Enumerable.Range(0, Runs / 10), _ => Assert.Equal(GateVerdict.Regression, Allocations(Noisy(sets, 24_700, random)).Verdict));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [Fault("bytes from {0} sets of processes", "advice, and that three sets would tell")]
    public void Fewer_sets_than_three_advise_and_do_not_decide(int sets)
    {
        var row = Allocations(Noisy(sets, 24_700, new Random(7)) with { Sets = [.. Noisy(sets, 24_700, new Random(7)).Sets.Select(set => set with { Control = set.Base })] });

        Assert.Equal((GateVerdict.Regression, false), (row.Verdict, row.Decides));
        Assert.EndsWith($"3 sets show what equal processes differ by, {sets} cannot", row.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void The_bound_is_students_quantile_times_the_standard_error() =>
        Assert.Equal(StudentT.InvCDF(0, 1, 4, 0.99) * 10 / Math.Sqrt(4), EqualProcesses.Bound([10, -10, 10, -10], 0.01), 9);

    [Fact]
    public void Pairs_that_agree_to_the_byte_leave_the_bound_to_others() => Assert.Equal(0, EqualProcesses.Bound([0, 0, 0], 0.01));

    private static GateRow Allocations(RowCounts counts) => CountVerdicts.Of([counts], Calibration.None).Single(row => row.Measure == GateMeasure.Allocations);

    private static RowCounts Noisy(int sets, double more, Random random)
    {
        var row = SamplePasses.Counts(sets).Single(row => row.Name == "kestrel-https fresh");
        return row with
        {
            Sets = [.. row.Sets.Select(set => new SetCounts(Bytes(set.Base, 0), Bytes(set.Control, 0), Bytes(set.Head, more)))],
        };

        Counts Bytes(Counts counts, double added) => counts with { AllocatedBytes = (long)(Calls * (24_700 + added + Normal.Sample(random, 0, Spread))) };
    }
}
