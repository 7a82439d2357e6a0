using ConnectionReuse.Bench.Publishing;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Reporting.Reports;
using ConnectionReuse.Results;
using ConnectionReuse.Tests.Charts;
using ConnectionReuse.Tests.EndToEnd;
using ConnectionReuse.Tests.Faults;
using Xunit;

namespace ConnectionReuse.Tests.Reports;

public sealed class PublishTests : IDisposable
{
    private const string Name = "2026-01-02-0123456-linux-x64-2";

    private readonly ResultFile _everything = SampleMeasurements.Everything();
    private readonly DirectoryInfo _results = Directory.CreateTempSubdirectory("publish-");

    public void Dispose() => _results.Delete(recursive: true);

    [Fact]
    public async Task Publishing_makes_a_report_of_the_newest_commit_and_renews_the_index()
    {
        Save("local/a", _everything);
        Save("local/b", _everything with { Environment = _everything.Environment with { Commit = "fedcba9876" }, Runs = [.. _everything.Runs.Select(run => run with { Start = run.Start.AddDays(-1) })] });
        Save("local/c", _everything with { Environment = _everything.Environment with { Dirty = true }, Runs = [.. _everything.Runs.Select(run => run with { Start = run.Start.AddDays(1) })] });
        Save("local/latest", _everything with { Environment = _everything.Environment with { Commit = "0000000" }, Runs = [.. _everything.Runs.Select(run => run with { Start = run.Start.AddDays(2) })] });
        await WriteAsync("local/damaged/results.json", "{");
        await WriteAsync("local/newer/results.json", """{"schemaVersion": 99}""");
        await WriteAsync("local/older/results.json", """{"schemaVersion": 0}""");

        var (exit, output, errors) = await RunAsync("publish", "--out", _results.FullName);

        Assert.Equal(ExitCode.Done, exit);
        Assert.Contains(Headline.Of(_everything), output, StringComparison.Ordinal);
        Assert.Equal([Name], Directory.GetDirectories(Folder("published")).Select(Path.GetFileName));
        Assert.Equal(
            Report.Render(OwnNames.Redaction().Apply(_everything)),
            Report.Render(ResultFiles.Read(Path.Combine(Folder("published"), Name, "results.json"))).Select(file => file with { Text = File.ReadAllText(Path.Combine(Folder("published"), Name, file.Path)) }));
        Assert.Contains(Name, await File.ReadAllTextAsync(Folder("README.md"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.True(File.Exists(Folder("history/history-kestrel-https-dark.svg")));
        Assert.Collection(
            errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal),
            line => Assert.EndsWith("results.json: not a result file, or half of one: it stops being JSON in line 1", line, StringComparison.Ordinal),
            line => Assert.EndsWith("results.json: schemaVersion 99 is newer than the 2 that this program reads: update the program", line, StringComparison.Ordinal),
            line => Assert.EndsWith("results.json: schemaVersion 0 is older than the 1 that this program reads: run the comparison again", line, StringComparison.Ordinal));
    }

    [Fact]
    [Fault("a run that failed is published", "the existing report stays as it is")]
    public async Task A_failed_run_leaves_an_existing_report_as_it_is()
    {
        await WriteAsync("report/report.md", "an earlier one");
        await WriteAsync("damaged.json", "{");
        Save("a", _everything);
        Save("b", _everything with { Environment = _everything.Environment with { Commit = "fedcba9876" } });
        string[][] failing =
        [
            ["report", Folder("damaged.json")],
            ["report", Folder("missing.json")],
            ["report", Folder("a/results.json"), Folder("b/results.json")],
        ];

        foreach (var arguments in failing)
        {
            var (exit, _, errors) = await RunAsync([.. arguments, "--out", Folder("report")]);

            Assert.Equal(ExitCode.WrongUse, exit);
            Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
            Assert.Equal("an earlier one", Assert.Single(Directory.GetFiles(Folder("report")).Select(File.ReadAllText)));
        }
    }

    [Fact]
    public async Task A_report_takes_the_place_of_an_earlier_one_and_of_nothing_else()
    {
        Save("a", _everything);
        await WriteAsync("report/report.md", "an earlier one");
        await WriteAsync("report/charts/old.svg", "no longer made");
        await WriteAsync("papers/thesis.txt", "years of work");

        var (exit, _, errors) = await RunAsync("report", Folder("a/results.json"), "--out", Folder("papers"));
        Assert.Equal((ExitCode.WrongUse, $"{Folder("papers")}: left alone, because it holds thesis.txt, which is no part of a report"), (exit, errors.Trim()));
        Assert.Equal("years of work", await File.ReadAllTextAsync(Folder("papers/thesis.txt"), TestContext.Current.CancellationToken));

        Assert.Equal(ExitCode.Done, (await RunAsync("report", Folder("a/results.json"), "--out", Folder("report"))).Exit);
        Assert.False(File.Exists(Folder("report/charts/old.svg")));
        Assert.StartsWith("# ", await File.ReadAllTextAsync(Folder("report/report.md"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(["a", "papers", "report"], _results.GetFileSystemInfos().Select(entry => entry.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    [Fault("a report that cannot be written whole", "the folder is as it was before")]
    public void A_folder_that_cannot_be_written_whole_is_as_it_was_before()
    {
        AtomicFolder.Write(Folder("report"), [new ReportFile("report.md", "first")]);

        Assert.ThrowsAny<IOException>(() => AtomicFolder.Write(Folder("report"), [new ReportFile("report.md", "second"), new ReportFile("report.md/chart.svg", "")]));

        Assert.Equal(["report"], _results.GetFileSystemInfos().Select(entry => entry.Name));
        Assert.Equal("first", File.ReadAllText(Folder("report/report.md")));
    }

    [Fact]
    public async Task Results_without_a_commit_or_with_changes_are_not_published_unless_named()
    {
        var (none, _, nothing) = await RunAsync("publish", "--out", _results.FullName);
        Save("local/a", _everything with { Environment = _everything.Environment with { Dirty = true } });
        var (dirty, _, changed) = await RunAsync("publish", "--out", _results.FullName);
        var (named, _, _) = await RunAsync("publish", "--from", Folder("local/a/results.json"), "--out", _results.FullName);
        Save("local/b", _everything with { Environment = _everything.Environment with { Commit = null, Dirty = null } });
        var (nameless, _, uncommitted) = await RunAsync("publish", "--from", Folder("local/b/results.json"), "--out", _results.FullName);

        Assert.Equal((ExitCode.WrongUse, "there is no result to publish: ./run.sh measures one"), (none, nothing.Trim()));
        Assert.Equal(ExitCode.WrongUse, dirty);
        Assert.StartsWith("every result was measured with uncommitted changes", changed, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, named);
        Assert.Equal((ExitCode.WrongUse, "the results name no commit, so nobody could measure them again: measure in a repository"), (nameless, uncommitted.Trim()));
        Assert.Equal(["2026-01-02-0123456-dirty-linux-x64-2"], Directory.GetDirectories(Folder("published")).Select(Path.GetFileName));
    }

    [Fact]
    [Fault("publishing a filtered run", "it is refused, and the command that measures the rest; with --partial it is marked, and the headline stays")]
    public async Task A_partial_run_is_refused_or_marked_and_is_never_the_newest_headline()
    {
        Save("whole", _everything);
        await RunAsync("publish", "--from", Folder("whole/results.json"), "--out", _results.FullName);
        ResultRow[] rows = [.. _everything.Rows.Where(row => row.Target == TargetIds.WireMockHttp && row.Parameters == RowParameters.None)];
        Save("local/filtered", _everything with
        {
            Rows = rows,
            Ratios = [.. _everything.Ratios.Where(ratio => ratio.Target == TargetIds.WireMockHttp && ratio.Parameters == RowParameters.None)],
            Runs = [.. _everything.Runs.Select(run => run with { Start = run.Start.AddDays(1) })],
        });

        var (refused, _, why) = await RunAsync("publish", "--out", _results.FullName);
        var (marked, _, _) = await RunAsync("publish", "--partial", "--out", _results.FullName);

        Assert.Equal(ExitCode.WrongUse, refused);
        Assert.Equal("the result is partial: it has no comparison on kestrel-https, which the headline of a report is of; ./run.sh --offline measures it, and --partial publishes what there is, marked as partial", why.Trim());
        Assert.Equal(ExitCode.Done, marked);
        var index = await File.ReadAllTextAsync(Folder("README.md"), TestContext.Current.CancellationToken);
        Assert.Contains($"**{Headline.Of(_everything)}**", index, StringComparison.Ordinal);
        Assert.Contains("2026-01-03-0123456-linux-x64-2/report.md) (partial)", index, StringComparison.Ordinal);
        Assert.Contains("A partial report: ", await File.ReadAllTextAsync(Folder("published/2026-01-03-0123456-linux-x64-2/report.md"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    [Fault("a published report that cannot be read", "it is listed with its reason")]
    public async Task A_published_report_that_cannot_be_read_is_listed_with_its_reason()
    {
        Save("local/a", _everything);
        await WriteAsync("published/2025-01-01-damaged/results.json", "{");

        var (exit, _, _) = await RunAsync("publish", "--out", _results.FullName);

        Assert.Equal(ExitCode.Done, exit);
        Assert.Contains(
            "- [2025-01-01-damaged](published/2025-01-01-damaged/timeit.md) cannot be read: not a result file, or half of one",
            await File.ReadAllTextAsync(Folder("README.md"), TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
    }

    private static Task<RootRun> RunAsync(params string[] arguments) => RootRun.OfAsync(arguments);

    private string Folder(string path) => Path.Combine(_results.FullName, path);

    private async Task WriteAsync(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Folder(path))!);
        await File.WriteAllTextAsync(Folder(path), text, TestContext.Current.CancellationToken);
    }

    private void Save(string folder, ResultFile file) => ResultFiles.Write(Path.Combine(Folder(folder), "results.json"), file);
}
