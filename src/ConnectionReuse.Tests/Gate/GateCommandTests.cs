using ConnectionReuse.Bench.Gate;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Measuring;
using ConnectionReuse.Reporting.Gate;
using ConnectionReuse.Results;
using ConnectionReuse.Tests.EndToEnd;
using ConnectionReuse.Tests.Faults;
using Xunit;

namespace ConnectionReuse.Tests.Gate;

/// <summary>The gate end to end, over the build that lies beside these tests; counts only, so that no time decides.</summary>
[Collection(nameof(TheProgram))]
public sealed class GateCommandTests
{
    private static readonly string Build = AppContext.BaseDirectory;

    private static ResultFile ResultOf(ProgramRun run) => ResultFiles.Read(Path.Combine(run.Folder.FullName, "gate.json"));

    [Fact]
    public async Task Two_equal_builds_keep_their_connections_as_declared()
    {
        LongTests.SkipUnlessAsked();
        using var run = await ProgramRun.ToEndAsync($"gate --base-dir {Build} --head-dir {Build} --counts");

        var result = ResultOf(run);
        var report = result.Gate!;
        Assert.Equal(RunKind.Gate, Assert.Single(result.Runs).Kind);
        Assert.Equal(5, report.Rows.Count(row => row.Measure == GateMeasure.Connections));
        Assert.Equal(PatternSweep.Rows, report.Patterns.Select(pattern => new StationRow(pattern.Target, pattern.Client)));
        Assert.All(report.Rows.Where(row => row.Measure == GateMeasure.Connections), row => Assert.Equal(GateVerdict.Ok, row.Verdict));
        Assert.Equal(GateTable.Render(result), await File.ReadAllTextAsync(Path.Combine(run.Folder.FullName, "gate.md"), TestContext.Current.CancellationToken));
        Assert.Contains(GateTable.Summary(report), run.Output, StringComparison.Ordinal);
    }

    // What each does to the counts is held by StationProgramTests, what the gate makes of counts by CountVerdictsTests and GuardedClientTests.
    [Theory]
    [LongTests.Row("close-some", GateMeasure.Connections, "shared")]
    [LongTests.Row("no-lifetime", GateMeasure.Connections, "shared")]
    [LongTests.Row("new-handler", GateMeasure.Connections, "shared")]
    [LongTests.Row("allocate-more", GateMeasure.Allocations, "fresh shared")]
    [Fault("head has the fault {0}", "a regression by its {1} of {2}; exit 1")]
    public async Task A_mutant_is_found_by_the_counts(string kind, GateMeasure measure, string clients)
    {
        using var run = await ProgramRun.ToEndAsync($"check gate --build {Build} --counts --kind {kind}");

        Assert.True(run.ExitCode == ExitCode.DoesNotHold, $"{run.ExitCode}: {run.Errors}");
        Assert.Equal(
            GateRows.Of(clients.Split(' ')).Select(row => row.ToString()),
            ResultOf(run).Gate!.Rows.Where(row => row.Measure == measure && row.Verdict == GateVerdict.Regression).Select(row => row.Name));
    }

    [Theory]
    [InlineData("--budget 20", "--budget 20: 8 sets are needed to reach the level, and each takes 6 s; 48 s or more")]
    [InlineData("--sets 5", "--sets 5: 8 sets are needed to reach the level; --counts needs fewer")]
    [InlineData("--sets 30", "--sets 30: --budget 90 has room for 15")]
    [InlineData("--base-dir x", "--base-dir and --head-dir go together: --head-dir is missing")]
    [InlineData("--base-dir nowhere --head-dir nowhere", "--base-dir nowhere: no ConnectionReuse.Bench.dll there; dotnet publish bench -c Release -o nowhere makes it")]
    [InlineData("--base HEAD --baseline x", "--base and --head, --base-dir and --head-dir, --baseline exclude each other: choose one way")]
    [InlineData("--baseline nowhere.json", "--baseline nowhere.json: no such file")]
    [InlineData("--base no-such-branch", "'no-such-branch' names no commit of this repository")]
    [InlineData("--base HEAD --head no-such-branch", "'no-such-branch' names no commit of this repository")]
    [InlineData("--base HEAD --client shard", "--client shard: no such client; did you mean shared?")]
    [InlineData("--base HEAD --client client-idle-timeout", "--client client-idle-timeout: its calls wait or overlap; the gate compares calls that follow each other")]
    [InlineData("--baseline x --sets 9", "--sets belongs to a comparison of two builds")]
    [InlineData("--counts --sets 7", "--sets 7: counts are exact, and 6 sets tell them")]
    [InlineData("--baseline x --policy y", "--policy belongs to a comparison of two builds")]
    [InlineData("--base HEAD --policy nowhere.json", "--policy nowhere.json: no such file")]
    [InlineData("--budgt 3", "--budgt is not an option; did you mean --budget?")]
    [Fault("`./run.sh gate {0}`", "{1}; exit 2")]
    public async Task Wrong_use_is_said_in_one_line(string arguments, string line)
    {
        Assert.Equal(line, await RootRun.RefusalAsync($"gate {arguments}"));
    }

    [Fact]
    [Fault("`./run.sh gate --head ''`", "that it names no commit, before anything is built; exit 2")]
    public async Task An_empty_reference_names_no_commit()
    {
        var run = await RootRun.OfAsync("gate", "--base", "HEAD", "--head", "");

        Assert.Equal((ExitCode.WrongUse, "'' names no commit of this repository"), (run.Exit, run.Errors.Trim()));
    }

    [Theory]
    [InlineData("{\"rows\":", "not a result file, or half of one: it stops being JSON in line 1")]
    [InlineData("{\"schemaVersion\": 99}", "schemaVersion 99 is newer than the 2 that this program reads: update the program")]
    [Fault("a stored result that is {0}", "{1}; exit 2")]
    public async Task A_baseline_that_cannot_be_read_is_refused_before_anything_is_measured(string stored, string reason)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, stored, TestContext.Current.CancellationToken);
            Assert.Equal($"--baseline {file}: {reason}", await RootRun.RefusalAsync($"gate --baseline {file}"));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task A_stored_result_of_the_same_code_passes_by_its_counts()
    {
        LongTests.SkipUnlessAsked();
        using var stored = await ProgramRun.ToEndAsync("--offline --launchCount 3 --requests 5");

        using var run = await ProgramRun.ToEndAsync($"gate --baseline {stored.Latest("results.json")}");

        Assert.True(run.ExitCode == ExitCode.Done, run.Output + run.Errors);
        var report = ResultOf(run).Gate!;
        Assert.Empty(report.Passes);
        Assert.Equal(2 * stored.Result().Rows.Count, report.Rows.Count(row => row.Measure is GateMeasure.Connections or GateMeasure.Allocations));
        Assert.DoesNotContain(report.Rows, row => row.Measure == GateMeasure.Time);
        Assert.Contains(GateTable.Summary(report), run.Output, StringComparison.Ordinal);
    }

    [Fact]
    [Fault("a head that does not run", "could not measure: head is gone; exit 4")]
    public async Task A_build_that_does_not_run_could_not_be_measured()
    {
        var broken = Directory.CreateTempSubdirectory("connection-reuse-test-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(broken.FullName, "ConnectionReuse.Bench.dll"), "no program", TestContext.Current.CancellationToken);
            using var run = await ProgramRun.ToEndAsync($"gate --base-dir {Build} --head-dir {broken.FullName} --counts");

            Assert.Contains("could not measure: head is gone: it e", run.Errors, StringComparison.Ordinal);
            Assert.Equal(ExitCode.CouldNotMeasure, run.ExitCode);
        }
        finally
        {
            broken.Delete(recursive: true);
        }
    }
}
