using ConnectionReuse.Bench.Commands;
using ConnectionReuse.Bench.Gate;
using ConnectionReuse.Reporting.Gate;
using ConnectionReuse.Tests.Reporting;
using Xunit;

namespace ConnectionReuse.Tests.Gate;

public sealed class SelfTestTests
{
    private static ValidationRun Run(string kind, int minute) =>
        new(kind, "here", new DateTimeOffset(2026, 1, 2, 3, minute, 0, TimeSpan.Zero), "2222222", GateVerdict.Ok, [], ValidationRecord.Method);

    private static readonly ValidationRun[] Closed = [.. Enumerable.Range(0, 10).Select(i => Run("calibration", i))];

    [Fact]
    public void Calibration_comes_first_and_is_then_closed()
    {
        Assert.Equal("calibration", SelfTest.Next([.. Closed.Skip(1)], "here", null));
        Assert.Equal("calibration", SelfTest.Next(Closed, "elsewhere", null));
        Assert.Throws<UserException>(() => SelfTest.Next([.. Closed.Skip(1)], "here", "aa"));
        Assert.Throws<UserException>(() => SelfTest.Next(Closed, "here", "calibration"));
    }

    [Fact]
    public void Runs_of_an_earlier_method_are_kept_but_set_nothing()
    {
        ValidationRun[] earlier = [.. Closed.Select(run => run with { Method = ValidationRecord.Method - 1 })];

        Assert.Equal("calibration", SelfTest.Next(earlier, "here", null));
        Assert.Empty(ValidationRecord.CalibrationRunsOf(earlier, "here"));
        Assert.Contains("10 runs of an earlier method", ValidationRecord.Render(earlier), StringComparison.Ordinal);
    }

    [Fact]
    public void Then_comes_what_has_been_run_least()
    {
        Assert.Equal("aa", SelfTest.Next(Closed, "here", null));
        Assert.Equal("slow-5", SelfTest.Next([.. Closed, Run("aa", 20)], "here", null));
        Assert.Equal("load", SelfTest.Next(Closed, "here", "load"));
    }

    [Fact]
    public void An_unknown_kind_names_the_nearest() =>
        Assert.Equal("--kind slow5: did you mean slow-5?", Assert.Throws<UserException>(() => SelfTest.Next(Closed, "here", "slow5")).Message);

    [Fact]
    public void Every_run_is_kept_and_the_table_drawn_anew()
    {
        var folder = Directory.CreateTempSubdirectory("connection-reuse-test-");
        try
        {
            var test = new SelfTest(folder.FullName);
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
        Golden.Holds("../../../../results/gate-validation/README.md", ValidationRecord.Render([.. new SelfTest(SelfTest.Folder).Read()]));

    [Fact]
    public void Every_kind_but_the_equal_ones_changes_head()
    {
        var plan = new MeasurementPlan { Pairs = 12, Budget = TimeSpan.FromSeconds(120) };

        Assert.Equal(["calibration", "aa", "load"], SelfTest.Kinds.Where(kind => SelfTest.PlanOf(kind, plan) == plan));
        Assert.Equal(["calibration", "aa", "slow-5", "slow-10", "close-some", "no-lifetime", "new-handler", "allocate-more", "load"], SelfTest.Kinds);
    }
}
