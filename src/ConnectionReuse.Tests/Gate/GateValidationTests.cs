using ConnectionReuse.Bench.Gate;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Reporting.Gate;
using ConnectionReuse.Results;
using ConnectionReuse.Tests.Reporting;
using Xunit;

namespace ConnectionReuse.Tests.Gate;

public sealed class GateValidationTests
{
    private static ValidationRun Run(string kind, int minute) =>
        new(kind, "here", new DateTimeOffset(2026, 1, 2, 3, minute, 0, TimeSpan.Zero), "2222222", GateVerdict.Ok, [], ValidationRecord.Method);

    private static readonly ValidationRun[] Closed = [.. Enumerable.Range(0, 10).Select(i => Run("calibration", i))];

    [Fact]
    public void Calibration_comes_first_and_is_then_closed()
    {
        Assert.Equal("calibration", GateValidation.Next([.. Closed.Skip(1)], "here", null));
        Assert.Equal("calibration", GateValidation.Next(Closed, "elsewhere", null));
        Assert.Throws<UserException>(() => GateValidation.Next([.. Closed.Skip(1)], "here", "aa"));
        Assert.Throws<UserException>(() => GateValidation.Next(Closed, "here", "calibration"));
    }

    [Fact]
    public void Runs_of_an_earlier_method_are_kept_but_set_nothing()
    {
        ValidationRun[] earlier = [.. Closed.Select(run => run with { Method = 1 })];

        Assert.Equal("calibration", GateValidation.Next(earlier, "here", null));
        Assert.Empty(ValidationRecord.CalibrationRunsOf(earlier, "here"));
        Assert.Contains("10 runs of an earlier method", ValidationRecord.Render(earlier), StringComparison.Ordinal);
    }

    [Fact]
    public void Then_comes_what_has_been_run_least()
    {
        Assert.Equal("aa", GateValidation.Next(Closed, "here", null));
        Assert.Equal("slow-3", GateValidation.Next([.. Closed, Run("aa", 20)], "here", null));
        Assert.Equal("load", GateValidation.Next(Closed, "here", "load"));
    }

    [Fact]
    public void An_unknown_kind_names_the_nearest() =>
        Assert.Equal("--kind slow5: did you mean slow-5?", Assert.Throws<UserException>(() => GateValidation.Next(Closed, "here", "slow5")).Message);

    [Fact]
    public void Every_run_is_kept_and_the_table_drawn_anew()
    {
        var folder = Directory.CreateTempSubdirectory("connection-reuse-test-");
        try
        {
            var test = new GateValidation(folder.FullName);
            test.Append(Run("aa", 1));
            test.Append(Run("slow-10", 2));

            Assert.Equal(["aa", "slow-10"], test.Read().Select(run => run.Kind));
            Assert.Equal(ValidationRecord.Render([.. test.Read()]), File.ReadAllText(Path.Combine(folder.FullName, "README.md")));
            File.AppendAllText(Path.Combine(folder.FullName, "record.jsonl"), "half a li");
            Assert.Equal(ExitCode.WrongUse, Assert.Throws<UserException>(test.Read).ExitCode);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void The_published_table_is_drawn_from_the_published_record() =>
        Golden.Holds("../../../../results/gate-validation/README.md", ValidationRecord.Render([.. new GateValidation(GateValidation.Folder).Read()]));

    [Fact]
    public void Every_kind_but_the_equal_ones_changes_head()
    {
        Assert.Equal(["calibration", "aa", "load"], GateValidation.Kinds.Where(kind => GateValidation.ChangeOf(kind, 0) == HeadChange.None));
        Assert.Equal(["calibration", "aa", "slow-3", "slow-5", "slow-10", "slow-10-one-row", "close-some", "no-lifetime", "new-handler", "allocate-more", "load"], GateValidation.Kinds);
    }

    [Fact]
    public void A_slowdown_of_one_row_hits_each_row_in_turn()
    {
        var rows = Enumerable.Range(0, 5).Select(earlier => GateValidation.ChangeOf("slow-10-one-row", earlier)).ToArray();

        Assert.Equal([.. GateRows.Default, GateRows.Default[0]], rows.Select(change => change.Row!));
        Assert.Equal([0.1, 0, 0, 0], GateRows.Default.Select(rows[0].SlowdownOf));
        Assert.Equal([0.03, 0.03, 0.03, 0.03], GateRows.Default.Select(GateValidation.ChangeOf("slow-3", 0).SlowdownOf));
    }

    [Fact]
    public void A_slowdown_of_one_row_counts_as_found_only_in_that_row_and_no_other()
    {
        static GateRow Slower(string name) => new() { Name = name, Measure = GateMeasure.Time, Verdict = GateVerdict.Regression, Reason = "head is slower" };
        var run = Run("slow-10-one-row", 1) with { Row = "kestrel-http fresh", Verdict = GateVerdict.Regression };

        var table = ValidationRecord.Render(
        [
            run with { Rows = [Slower("kestrel-http fresh"), Slower(TimeVerdicts.Together) with { Decides = false }] },
            run with { Rows = [Slower("kestrel-http fresh"), Slower("kestrel-http shared")] },
            run with { Rows = [Slower("kestrel-http shared")] },
            run with { Rows = [] },
        ]);

        Assert.Contains("- a slowdown of one row was found in that row and no other in 1 of 4 runs, 25 % (0.6 to 81 %)", table, StringComparison.Ordinal);
    }
}
