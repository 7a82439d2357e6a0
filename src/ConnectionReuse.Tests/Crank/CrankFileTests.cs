using System.Text.Json.Nodes;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Reporting.Reports;
using ConnectionReuse.Reporting.Rows;
using ConnectionReuse.Results;
using ConnectionReuse.Tests.Charts;
using ConnectionReuse.Tests.EndToEnd;
using ConnectionReuse.Tests.Faults;
using ConnectionReuse.Tests.Reporting;
using Xunit;

namespace ConnectionReuse.Tests.Crank;

/// <summary>
/// What dotnet/crank wrote, taken in. <c>Recorded/crank.json</c> is a file of crank's own, of two agents in two network namespaces, cut down and with other names; its
/// program was a prototype, which wrote schema 1, so that most tests put a result of today in its place.
/// </summary>
[Collection(nameof(TheProgram))]
public sealed class CrankFileTests : IDisposable
{
    private static readonly string Recorded = Golden.Repository("src/ConnectionReuse.Tests/Crank/Recorded/crank.json");

    private static readonly string[] CranksOwn = ["192.0.2.1", "192.0.2.2", "machine-of-the-server", "token-of-one-run", "serverAddress", "clientAddress"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("crank-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void The_recorded_file_gives_its_rows_and_ratios_and_nothing_of_crank_s()
    {
        var file = Assert.Single(CrankFile.Read(Recorded));

        Assert.Equal(["fresh", "fresh-full", "shared"], file.Rows.Select(row => row.Client));
        Assert.Equal((100, 0, 100), (file.Rows[0].PerIteration(counts => counts.Opened), file.Rows[0].PerIteration(counts => counts.FullHandshakes), file.Rows[1].PerIteration(counts => counts.FullHandshakes)));
        Assert.Equal([7.10, 13.51], file.Ratios.Select(ratio => Math.Round(ratio.Value, 2)));
        Assert.All(file.Rows, row => Assert.Equal("https://server:5101/", row.Url));
        Assert.Equal("timeit kestrel-https --full --number 100 --repeat 5 --server <name>:5100 --token <name> --crank --out out --json results.json", file.Runs[0].CommandLine);
        AssertNothingOfCranks(ResultJson.Serialize(file));
    }

    [Fact]
    public async Task Its_result_is_published_like_any_other()
    {
        var crank = Write("crank.json", Everything(0));

        var run = await RootRun.OfAsync("publish", "--from", crank, "--out", _folder.FullName);

        Assert.Equal((ExitCode.Done, ""), (run.Exit, run.Errors));
        var report = Assert.Single(Directory.GetDirectories(Path.Combine(_folder.FullName, "published")));
        Assert.True(File.Exists(Path.Combine(report, "report.md")));
        Assert.Equal(SampleMeasurements.Everything().Rows.Count, ResultFiles.Read(Path.Combine(report, "results.json")).Rows.Count);
        foreach (var published in Directory.EnumerateFiles(_folder.FullName, "*", SearchOption.AllDirectories).Where(path => path != crank))
        {
            AssertNothingOfCranks(await File.ReadAllTextAsync(published, TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task Of_several_runs_each_ratio_is_of_one_and_the_others_are_named()
    {
        var (one, other) = (Write("crank-1.json", Everything(0)), Write("crank-2.json", Everything(1)));

        var run = await RootRun.OfAsync("publish", "--from", one, other, "--out", _folder.FullName);

        Assert.Equal((ExitCode.Done, ""), (run.Exit, run.Errors));
        var published = ResultFiles.Read(Assert.Single(Directory.GetFiles(_folder.FullName, "results.json", SearchOption.AllDirectories)));
        Assert.Equal(RatioOf(Everything(1)), RatioOf(published));
        Assert.NotEqual(RatioOf(Everything(0)), RatioOf(published));
        Assert.Contains(FormattableString.Invariant($"kestrel-https fresh/shared, run by run: {RatioOf(Everything(0)):0.00}x, {RatioOf(Everything(1)):0.00}x; the report has one of them whole"), run.Output, StringComparison.Ordinal);

        static double RatioOf(ResultFile file) => file.Ratios.Single(ratio => ratio is { Target: TargetIds.KestrelHttps, Slow: "fresh", Fast: "shared" } && ratio.Parameters == RowParameters.None).Value;
    }

    [Theory]
    [InlineData(0, "crank's file has no reuse/results: the client needs --crank, and crank must go without --iterations, which keeps averages alone")]
    [InlineData(4, "crank's client ended with exit code 4 and has no result")]
    [Fault("`publish --from` a file of dotnet/crank's without a result, whose client ended with {0}", "{1}; exit 2, nothing published")]
    public async Task A_file_without_a_result_says_why(int exitCode, string line)
    {
        var crank = Write("crank.json", null, exitCode);

        var run = await RootRun.OfAsync("publish", "--from", crank, "--out", Path.Combine(_folder.FullName, "results"));

        Assert.Equal((ExitCode.WrongUse, "", $"{crank}: {line}"), (run.Exit, run.Output, run.Errors.Trim()));
        Assert.False(Directory.Exists(Path.Combine(_folder.FullName, "results")));
    }

    [Fact]
    [Fault("a file of dotnet/crank's whose result contradicts itself", "refused in one line; exit 2")]
    public async Task A_result_that_contradicts_itself_is_refused_as_it_would_be_alone()
    {
        var file = Everything(0);
        var crank = Write("crank.json", file with { Rows = [file.Rows[0] with { Median = 0.05 }, .. file.Rows.Skip(1)] });

        var run = await RootRun.OfAsync("report", crank, "--out", Path.Combine(_folder.FullName, "report"));

        Assert.Equal(ExitCode.WrongUse, run.Exit);
        Assert.StartsWith($"{crank}: wiremock-http fresh: median is 0.05, but its samples give", run.Errors.Trim(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_local_run_keeps_its_loopback_addresses()
    {
        var crank = Write("crank.json", SampleMeasurements.Everything(), change: job => job["variables"] = new JsonObject { ["serverAddress"] = "127.0.0.1", ["serverName"] = "localhost" });

        Assert.All(Assert.Single(CrankFile.Read(crank)).Rows.Where(row => TargetIds.Served.Contains(row.Target)), row => Assert.True(new Uri(row.Url).IsLoopback));
    }

    // As a client would tell of a server that is called by its name, in a run a day later than the one before; each slower than the last.
    private static ResultFile Everything(int run)
    {
        var file = SampleMeasurements.Everything();
        ResultRow[] rows =
        [
            .. file.Rows.Select(row => row with
            {
                Url = TargetIds.Served.Contains(row.Target) ? "https://machine-of-the-server:5101/" : row.Url,
                Reason = row.Reason is null ? null : $"{row.Reason} (192.0.2.2:5101)",
                Launches = [.. row.Launches.Select(launch => launch with { IterationSeconds = [.. launch.IterationSeconds.Select(seconds => row.Client == "fresh" ? seconds * (1 + run) : seconds)] })],
            }).Select(row => row.WithFigures()),
        ];
        return file with
        {
            Rows = rows,
            Ratios = Ratios.Of(rows),
            Runs = [.. file.Runs.Select(each => each with { Start = each.Start.AddDays(run), CommandLine = $"{each.CommandLine} --server machine-of-the-server:5100" })],
        };
    }

    private string Write(string name, ResultFile? file, int exitCode = 0, Action<JsonNode>? change = null)
    {
        var crank = JsonNode.Parse(File.ReadAllText(Recorded))!;
        var client = crank["jobResults"]!["jobs"]!["client"]!;
        client["results"] = new JsonObject { ["reuse/exit-code"] = exitCode };
        if (file is not null)
        {
            client["results"]!["reuse/results"] = JsonNode.Parse(ResultJson.Serialize(file));
        }

        change?.Invoke(client);
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, crank.ToJsonString());
        return path;
    }

    private static void AssertNothingOfCranks(string text) => Assert.All(CranksOwn, own => Assert.DoesNotContain(own, text, StringComparison.OrdinalIgnoreCase));
}
