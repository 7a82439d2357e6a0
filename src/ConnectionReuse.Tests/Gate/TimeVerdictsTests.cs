using ConnectionReuse.Reporting.Gate;
using ConnectionReuse.Results;
using Xunit;

namespace ConnectionReuse.Tests.Gate;

public sealed class TimeVerdictsTests
{
    // The path of GateRun, with made-up passes: what is flagged is measured again with another seed.
    private static IReadOnlyList<GateRow> Gate(int seed, double slow, double processNoise = SamplePasses.ProcessNoise)
    {
        var first = TimeVerdicts.Of(SamplePasses.Of(2 * seed, _ => slow, processNoise: processNoise).Rows, Calibration.None);
        var flagged = first.Where(row => row.Verdict == GateVerdict.Regression).Select(row => row.Name).ToHashSet();
        return flagged.Count == 0 ? first : TimeVerdicts.Confirm(
            first,
            TimeVerdicts.Of([.. SamplePasses.Of((2 * seed) + 1, _ => slow, processNoise: processNoise).Rows.Where(row => flagged.Contains(row.Name))], Calibration.None));
    }

    [Fact]
    public void Two_equal_builds_raise_no_false_alarm_in_a_thousand_runs() =>
        Assert.Equal(0, Enumerable.Range(0, 1000).AsParallel().Count(seed => Gate(seed, 0).Any(row => row.Verdict == GateVerdict.Regression)));

    // Batches and processes twice as noisy as measured, so that only test and confirmation hold the alarm back.
    [Fact]
    public void Noisy_equal_builds_raise_no_more_false_alarms_than_the_level_allows() =>
        Assert.InRange(Enumerable.Range(0, 500).AsParallel().Count(seed => Gate(seed, 0, processNoise: 0.06).Any(row => row.Verdict == GateVerdict.Regression)), 0, 5);

    [Fact]
    public void Ten_percent_is_found_in_every_run() =>
        Assert.Equal(200, Enumerable.Range(0, 200).AsParallel().Count(seed => Gate(seed, 0.10).Any(row => row.Verdict == GateVerdict.Regression)));

    [Fact]
    public void Five_percent_is_found_in_at_least_nineteen_of_twenty_runs() =>
        Assert.InRange(Enumerable.Range(0, 200).AsParallel().Count(seed => Gate(seed, 0.05).Any(row => row.Verdict == GateVerdict.Regression)), 190, 200);

    [Fact]
    public void A_row_that_got_slower_is_named_and_the_others_are_not()
    {
        var rows = TimeVerdicts.Of(SamplePasses.Of(1, key => key.ToString() == "kestrel-https shared" ? 0.08 : 0).Rows, Calibration.None);

        Assert.Equal(["kestrel-https shared"], rows.Where(row => row.Verdict == GateVerdict.Regression).Select(row => row.Name));
        Assert.All(rows.Where(row => row.Name != "kestrel-https shared"), row => Assert.Equal(GateVerdict.Ok, row.Verdict));
    }

    [Fact]
    public void A_faster_head_is_an_improvement() =>
        Assert.All(TimeVerdicts.Of(SamplePasses.Of(1, _ => -0.10).Rows, Calibration.None), row => Assert.Equal(GateVerdict.Improvement, row.Verdict));

    [Fact]
    public void A_disturbed_run_is_inconclusive_and_never_green()
    {
        var rows = TimeVerdicts.Of(SamplePasses.Of(1, _ => 0.10, control: 0.08).Rows, Calibration.None);

        Assert.All(rows, row => Assert.Equal(GateVerdict.Inconclusive, row.Verdict));
        Assert.All(rows, row => Assert.StartsWith("a disturbed run: base against base is off by ", row.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public void Too_few_sets_are_inconclusive()
    {
        var rows = TimeVerdicts.Of(SamplePasses.Of(1, _ => 0.10, sets: 8).Rows, Calibration.None);

        Assert.All(rows, row => Assert.Equal((GateVerdict.Inconclusive, "8 sets cannot reach the level of 0.01: 9 are needed"), (row.Verdict, row.Reason)));
    }

    [Fact]
    public void A_recorded_calibration_raises_the_threshold()
    {
        var samples = SamplePasses.Of(1, _ => 0.08).Rows;
        var calibration = new Calibration(new Dictionary<string, double> { ["kestrel-http fresh"] = 0.20 }, new Dictionary<string, double>());

        var row = TimeVerdicts.Of(samples, calibration)[0];

        Assert.Equal((GateVerdict.Ok, 1.20), (row.Verdict, row.Threshold));
        Assert.Equal("a difference that is seen, but below the threshold", row.Reason);
    }

    [Fact]
    public void A_flag_that_does_not_show_again_is_inconclusive()
    {
        var first = TimeVerdicts.Of(SamplePasses.Of(1, _ => 0.10).Rows, Calibration.None);
        var second = TimeVerdicts.Of(SamplePasses.Of(2, _ => 0).Rows, Calibration.None);

        Assert.All(TimeVerdicts.Confirm(first, second), row => Assert.Equal(GateVerdict.Inconclusive, row.Verdict));
        Assert.All(TimeVerdicts.Confirm(first, first), row => Assert.Equal(GateVerdict.Regression, row.Verdict));
    }

    [Fact]
    public void Nine_sets_reach_the_level_over_four_rows() => Assert.Equal([7, 8, 9], [GateRules.LeastSets(1), GateRules.LeastSets(2), GateRules.LeastSets(4)]);

    [Fact]
    public void Fresh_clients_that_cost_no_more_than_shared_ones_lose_the_headline()
    {
        var samples = SamplePasses.Of(1, key => key.ToString() == "kestrel-http shared" ? 5.0 : 0).Rows;

        Assert.Equal([GateVerdict.Regression, GateVerdict.Ok], TimeVerdicts.Ratios(samples).Select(row => row.Verdict));
    }
}
