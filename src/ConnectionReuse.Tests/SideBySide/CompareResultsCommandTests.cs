using System.Text.Json.Nodes;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Results;
using ConnectionReuse.Tests.EndToEnd;
using ConnectionReuse.Tests.Faults;
using ConnectionReuse.Tests.Reporting;
using NJsonSchema;
using Xunit;

namespace ConnectionReuse.Tests.SideBySide;

/// <summary>The verb over results that are committed.</summary>
public sealed class CompareResultsCommandTests : IDisposable
{
    private const string Earlier = "2026-11-26-fd51e93-linux-x64-2";
    private const string Later = "2026-11-26-1236ffb-linux-x64-2";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("compare-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Two_published_results_stand_side_by_side_in_every_format()
    {
        var (json, markdown) = (InFolder("c.json"), InFolder("c.md"));

        var run = await RootRun.OfAsync("compare", Published(Earlier), Published(Later), "--json", json, "--markdown", markdown);

        Assert.Equal((ExitCode.Done, ""), (run.Exit, run.Errors));
        Assert.StartsWith($"### {Later} (B) against {Earlier} (A)\n", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"\| kestrel-https +\| fresh +\| +\d", run.Output);
        Assert.Equal(run.Output, await File.ReadAllTextAsync(markdown, TestContext.Current.CancellationToken));
        var text = await File.ReadAllTextAsync(json, TestContext.Current.CancellationToken);
        var schema = await JsonSchema.FromJsonAsync(
            await File.ReadAllTextAsync(Golden.Repository("results/schema-comparison.json"), TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
        Assert.Empty(schema.Validate(text));
        var rows = ResultFiles.Read(Path.Combine(Published(Earlier), ResultFiles.Name)).Rows;
        var comparison = JsonNode.Parse(text)!;
        Assert.Equal(rows.Count, comparison["rows"]!.AsArray().Count + comparison["onlyA"]!.AsArray().Count);
    }

    [Fact]
    public async Task A_result_against_itself_differs_in_nothing_and_fails_nothing()
    {
        var file = Path.Combine(Published(Later), ResultFiles.Name);

        var run = await RootRun.OfAsync("compare", file, file, "--fail-above", "0%");

        Assert.Equal((ExitCode.Done, ""), (run.Exit, run.Errors));
        Assert.Contains("- both of the same machine and software\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("- connections and handshakes are the same wherever both were counted\n", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("only in", run.Output, StringComparison.Ordinal);
        Assert.Contains("- no row is slower by more than 0% beyond doubt, of ", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("5%", true)]
    [InlineData("5", true)]
    [InlineData("60%", false)]
    public async Task A_row_that_is_slower_beyond_doubt_fails_where_that_is_asked(string failAbove, bool fails)
    {
        var (fast, slow) = (Changed("fast", _ => { }), Changed("slow", file => Slow(file, 1.5)));

        Assert.Equal(ExitCode.Done, (await RootRun.OfAsync("compare", fast, slow)).Exit);
        var run = await RootRun.OfAsync("compare", fast, slow, "--fail-above", failAbove);

        Assert.Equal((fails ? ExitCode.DoesNotHold : ExitCode.Done, ""), (run.Exit, run.Errors));
        Assert.Equal(fails, run.Output.Contains("slower by more than 5%: kestrel-http fresh ", StringComparison.Ordinal));
    }

    [Fact]
    [Fault("`./run.sh compare` across machines", "what differs; counts alone; exit 2")]
    public async Task Times_of_another_machine_are_refused_unless_asked_for_and_counts_are_shown()
    {
        var other = Changed("other", file => file["environment"]!["cpu"] = "Another CPU");
        var here = Changed("here", _ => { });

        var refused = await RootRun.OfAsync("compare", here, other);
        var across = await RootRun.OfAsync("compare", here, other, "--across");

        Assert.Equal(
            (ExitCode.WrongUse, "different machines, so no time was compared (CPU: A Example CPU @ 2.80GHz; B Another CPU): measure both on one, or add --across"),
            (refused.Exit, refused.Errors.Trim()));
        Assert.Contains("not compared", refused.Output, StringComparison.Ordinal);
        Assert.Contains("opened", refused.Output, StringComparison.Ordinal);
        Assert.Equal((ExitCode.Done, ""), (across.Exit, across.Errors));
        Assert.Contains("undecided (", across.Output, StringComparison.Ordinal);
    }

    [Fact]
    [Fault("`--fail-above` with fewer than three rounds", "that there is no interval to fail by; exit 2")]
    public async Task Too_few_rounds_are_nothing_to_fail_by()
    {
        var short_ = InFolder("short.json");
        ResultFiles.Write(short_, SampleRuns.Run(SampleRuns.Row(TargetIds.KestrelHttp, "fresh", 0.2, launches: 2)));

        var run = await RootRun.OfAsync("compare", short_, short_, "--fail-above", "5%");

        Assert.Equal((ExitCode.WrongUse, "--fail-above: no row has an interval to judge by; 3 rounds of it in both results give one"), (run.Exit, run.Errors.Trim()));
        Assert.Contains("an interval needs 3 rounds of each: A has 2, B 2", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    [Fault("`./run.sh compare` of what is no result", "one line; exit 2")]
    public async Task Bad_input_is_one_line()
    {
        var (good, half) = (Changed("good", _ => { }), InFolder("half.json"));
        await File.WriteAllTextAsync(half, "{\"schemaVersion\": 2, \"rows\"", TestContext.Current.CancellationToken);
        var stranger = InFolder("stranger.json");
        ResultFiles.Write(stranger, SampleRuns.Run(SampleRuns.Row(TargetIds.WireMockHttps, "shared", 0.2)));
        (string[] Arguments, string Line)[] cases =
        [
            ([good, InFolder("none.json")], $"{InFolder("none.json")}: no such file"),
            ([good, half], $"{half}: not a result file, or half of one: it stops being JSON in line 1"),
            ([good, _folder.FullName], $"{InFolder("results.json")}: no such file"),
            ([good, stranger], "good.json and stranger.json have no row in common: rows match by target, client, parameters and requests per iteration"),
            ([good], "Required argument missing for command: 'compare'."),
            ([good, good, "--fail-above", "much"], "--fail-above much: a percentage from 0% to 1000% is needed, such as 5%"),
            ([good, good, "--fail-above", "-5%"], "--fail-above -5%: a percentage from 0% to 1000% is needed, such as 5%"),
            ([good, good, "--acros"], "--acros is not an option; did you mean --across?"),
        ];
        foreach (var (arguments, line) in cases)
        {
            var run = await RootRun.OfAsync(["compare", .. arguments]);

            Assert.Equal((ExitCode.WrongUse, line, ""), (run.Exit, run.Errors.Trim(), run.Output));
        }
    }

    private static string Published(string name) => Golden.Repository($"results/published/{name}");

    private string InFolder(string name) => Path.Combine(_folder.FullName, name);

    private string Changed(string name, Action<JsonNode> change)
    {
        var file = JsonNode.Parse(ResultJson.Serialize(SampleRuns.Run(SampleRuns.Row(TargetIds.KestrelHttp, "fresh", 0.2))))!;
        change(file);
        File.WriteAllText(InFolder($"{name}.json"), file.ToJsonString());
        return InFolder($"{name}.json");
    }

    // Samples and figures alike: a file whose figures are not its samples' is refused.
    private static void Slow(JsonNode file, double times)
    {
        var row = file["rows"]![0]!;
        foreach (var figure in (string[])["median", "low", "high"])
        {
            row[figure] = times * (double)row[figure]!;
        }

        foreach (var seconds in row["launches"]!.AsArray().Select(launch => launch!["iterationSeconds"]!.AsArray()))
        {
            for (var i = 0; i < seconds.Count; i++)
            {
                seconds[i] = times * (double)seconds[i]!;
            }
        }
    }
}
