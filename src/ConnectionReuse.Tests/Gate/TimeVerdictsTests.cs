using ConnectionReuse.Bench.Gate;
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
        var again = SamplePasses.Of((2 * seed) + 1, _ => slow, processNoise: processNoise).Rows.Where(row => flagged.Contains(row.Name) || flagged.Contains(TimeVerdicts.Together));
        return flagged.Count == 0 ? first : TimeVerdicts.Confirm(first, TimeVerdicts.Of([.. again], Calibration.None, asked: flagged));
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

    // Each row alone is below its threshold in half of the runs.
    [Fact]
    public void Three_percent_in_every_row_is_found_in_the_rows_together_in_nine_of_ten_runs() =>
        Assert.InRange(Enumerable.Range(0, 200).AsParallel().Count(seed => Gate(seed, 0.03).Any(row => row is { Name: TimeVerdicts.Together, Verdict: GateVerdict.Regression })), 180, 200);

    [Fact]
    public void The_rows_together_are_the_mean_of_the_rows_set_by_set()
    {
        double[] slow = [0.02, 0.04, 0.06, 0.08];
        var rows = TimeVerdicts.Of(SamplePasses.Of(1, row => slow[GateRows.Default.ToList().IndexOf(row)], processNoise: 0).Rows, Calibration.None);

        Assert.Equal([.. GateRows.Default.Select(row => row.ToString()), TimeVerdicts.Together], rows.Select(row => row.Name));
        Assert.InRange(rows[^1].Estimate!.Value, 1.04, 1.06);
        Assert.Equal((1.02, GateVerdict.Regression), (rows[^1].Threshold, rows[^1].Verdict));
    }

    [Fact]
    public void One_row_has_nothing_to_be_put_together_with() =>
        Assert.DoesNotContain(TimeVerdicts.Of([SamplePasses.Of(1, _ => 0).Rows[0]], Calibration.None), row => row.Name == TimeVerdicts.Together);

    [Fact]
    public void A_second_pass_tests_what_it_is_asked_and_nothing_else()
    {
        var asked = TimeVerdicts.Of(SamplePasses.Of(1, _ => 0.10, sets: 6).Rows, Calibration.None, asked: new HashSet<string> { TimeVerdicts.Together });

        Assert.Equal((TimeVerdicts.Together, GateVerdict.Regression), (Assert.Single(asked).Name, asked[0].Verdict)); // six sets reach the level of one test
    }

    [Fact]
    public void Rows_that_do_not_block_are_not_among_the_rows_together()
    {
        var policy = GatePolicy.Parse("""{ "rows": { "* fresh": { "blocks": false }, "kestrel-http shared": { "time": 0.2 } } }""");
        var rows = TimeVerdicts.Of(SamplePasses.Of(1, row => row.Client == "fresh" ? 0.5 : 0.05, processNoise: 0).Rows, Calibration.None, policy);

        Assert.Equal((GateVerdict.Ok, 1.11), (rows[^1].Verdict, Math.Round(rows[^1].Threshold!.Value, 9))); // the mean of 20 % and 2 %
        Assert.InRange(rows[^1].Estimate!.Value, 1.04, 1.06);
        Assert.Equal(GateVerdict.Regression, TimeVerdicts.Told(rows, policy).Single(row => row.Name == "kestrel-https shared").Verdict);
    }

    [Fact]
    public void The_rows_together_are_advice_where_a_row_alone_says_what_is_slower()
    {
        var slower = TimeVerdicts.Of(SamplePasses.Of(1, key => key.ToString() == "kestrel-https shared" ? 0.40 : 0, processNoise: 0).Rows, Calibration.None);
        var policy = GatePolicy.Parse("""{ "rows": { "all rows": { "time": 0.01 } } }""");

        Assert.Equal(["kestrel-https shared", TimeVerdicts.Together], slower.Where(row => row.Verdict == GateVerdict.Regression).Select(row => row.Name));
        var together = TimeVerdicts.Told(slower, GatePolicy.Default)[^1];
        Assert.False(together.Decides);
        Assert.EndsWith("; the rows above say where", together.Reason, StringComparison.Ordinal);
        Assert.True(TimeVerdicts.Told([together with { Decides = true }], GatePolicy.Default)[0].Decides); // nothing else is
        Assert.Equal(1.01, TimeVerdicts.Of(SamplePasses.Of(1, _ => 0, processNoise: 0).Rows, Calibration.None, policy)[^1].Threshold!.Value, 3);
    }

    [Fact]
    public void A_row_that_got_slower_is_named_and_the_others_are_not()
    {
        var rows = TimeVerdicts.Of(SamplePasses.Of(1, key => key.ToString() == "kestrel-https shared" ? 0.08 : 0).Rows, Calibration.None);

        Assert.Equal(["kestrel-https shared"], rows.Where(row => row.Verdict == GateVerdict.Regression).Select(row => row.Name));
        Assert.All(rows.Where(row => row.Name != "kestrel-https shared"), row => Assert.Equal(GateVerdict.Ok, row.Verdict)); // together 2 %
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
        var rows = TimeVerdicts.Of(SamplePasses.Of(1, _ => 0.10, sets: 7).Rows, Calibration.None);

        Assert.All(rows, row => Assert.Equal((GateVerdict.Inconclusive, "7 sets cannot reach the level of 0.02: 8 are needed"), (row.Verdict, row.Reason)));
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
    public void Eight_sets_reach_the_level_over_four_rows() => Assert.Equal([6, 8, 8], [GateRules.LeastSets(1), GateRules.LeastSets(2), GateRules.LeastSets(4)]);

    [Fact]
    public void Fresh_clients_that_cost_no_more_than_shared_ones_lose_the_headline()
    {
        var samples = SamplePasses.Of(1, key => key.ToString() == "kestrel-http shared" ? 5.0 : 0).Rows;

        Assert.Equal([GateVerdict.Regression, GateVerdict.Ok], TimeVerdicts.Ratios(samples).Select(row => row.Verdict));
    }
}
