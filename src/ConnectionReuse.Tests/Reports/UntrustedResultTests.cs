using System.Text.Json.Nodes;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Reporting.Rows;
using ConnectionReuse.Results;
using ConnectionReuse.Tests.Charts;
using ConnectionReuse.Tests.EndToEnd;
using ConnectionReuse.Tests.Faults;
using ConnectionReuse.Tests.Reporting;
using Xunit;

namespace ConnectionReuse.Tests.Reports;

/// <summary>Result files that no run wrote: each is refused in one line, by every verb that reads one, and nothing is written.</summary>
public sealed class UntrustedResultTests : IDisposable
{
    private static readonly string Good = ResultJson.Serialize(SampleMeasurements.Everything());

    private static readonly Dictionary<string, (Action<JsonNode> Change, string Said)> Damages = new()
    {
        ["a huge time"] = (file => Iterations(file)[0] = 1e308, "the number at $.rows[0].launches[0].iterationSeconds[0] is 1E+308, more than any run can measure"),
        ["a huge phase"] = (file => Row(file, row => row["phases"] is not null)["phases"]!["tlsSeconds"] = 1e300, "tlsSeconds is 1E+300, more than any run can measure"),
        ["a huge duration"] = (file => file["runs"]![0]!["durationSeconds"] = -1e200, "the number at $.runs[0].durationSeconds is -1E+200"),
        ["a tiny time"] = (file => Iterations(file)[0] = 1e-300, "an iteration took less than a clock can tell"),
        ["a negative phase"] = (file => Row(file, row => row["phases"] is not null)["phases"]!["tlsSeconds"] = -1, "a phase took less than no time"),
        ["turns that do not fit"] = (file => file["rows"]![0]!["launches"]![0]!["turns"] = 4, "a launch's iterations cannot be shared out over its turns"),
        ["a negative round trip"] = (file => Row(file, row => row["parameters"]!["link"] is not null)["parameters"]!["link"]!["rttMilliseconds"] = -1, "a link's delay or bandwidth is negative"),
        ["a row twice"] = (file => file["rows"]!.AsArray().Add(file["rows"]![0]!.DeepClone()), "the row wiremock-http fresh is there twice"),
        ["a ratio twice"] = (file => file["ratios"]!.AsArray().Add(file["ratios"]![0]!.DeepClone()), "the ratio wiremock-http fresh/shared is there twice"),
        ["another median"] = (file => file["rows"]![0]!["median"] = 0.05, "wiremock-http fresh: median is 0.05, but its samples give 0.06"),
        ["no median"] = (file => file["rows"]![0]!["median"] = null, "wiremock-http fresh: median is null, but its samples give 0.06"),
        ["another end of an interval"] = (file => file["rows"]![0]!["high"] = 0.0613, "wiremock-http fresh: high is 0.0613, but its samples give 0.06"),
        ["another sample"] = (file => Iterations(file)[0] = 0.09, "wiremock-http fresh: "),
        ["another ratio"] = (file => file["ratios"]![0]!["value"] = 9.5, "wiremock-http fresh/shared: value is 9.5, but its samples give 2."),
        ["another saving"] = (file => file["ratios"]![0]!["savedMillisecondsPerCall"] = 0.5, "wiremock-http fresh/shared: savedMillisecondsPerCall is 0.5, but its samples give 0.3"),
        ["more rounds"] = (file => file["ratios"]![0]!["rounds"] = 50, "wiremock-http fresh/shared: rounds is 50, but its samples give 5"),
        ["a ratio of nothing"] = (file => file["ratios"]![0]!["slow"] = "slowest", "the ratio wiremock-http slowest/shared is not of two rows of the file"),
    };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("untrusted-");

    public static TheoryData<string> Names => [.. Damages.Keys];

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Names))]
    [Fault("a result file with {0}", "refused in one line; exit 2")]
    public async Task It_is_refused_by_report_publish_and_compare(string damage)
    {
        var (change, said) = Damages[damage];
        var (good, bad) = (Write("good.json", Good), Write("bad.json", Changed(Good, change)));
        foreach (var arguments in (string[][])
        [
            ["report", bad, "--out", Path.Combine(_folder.FullName, "report")],
            ["publish", "--from", bad, "--out", Path.Combine(_folder.FullName, "results")],
            ["compare", good, bad],
        ])
        {
            var run = await RootRun.OfAsync(arguments);

            Assert.Equal((ExitCode.WrongUse, ""), (run.Exit, run.Output));
            Assert.StartsWith($"{bad}: ", Assert.Single(run.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
            Assert.Contains(said, run.Errors, StringComparison.Ordinal);
        }

        Assert.Equal(["bad.json", "good.json"], _folder.GetFileSystemInfos().Select(entry => entry.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_figure_that_another_program_rounded_in_its_last_digits_is_read() =>
        Assert.Null(CheckedResult.Complaint(ResultJson.Parse(Changed(Good, file => file["rows"]![0]!["median"] = (double)file["rows"]![0]!["median"]! * (1 + 1e-9)))));

    [Fact]
    public void A_names_control_characters_do_not_reach_the_terminal()
    {
        var row = SampleRuns.Row(TargetIds.KestrelHttp, "fr\u001b[2Jesh\n", 1);

        Assert.Equal("the row kestrel-http fr [2Jesh  is there twice", CheckedResult.Complaint(SampleRuns.Run(row, row)));
    }

    public static TheoryData<string> Published => [.. Directory.GetDirectories(Golden.Repository("results/published")).Select(path => Path.GetFileName(path))];

    [Theory]
    [MemberData(nameof(Published))]
    public void A_published_result_agrees_with_its_samples_and_an_edited_one_does_not(string name)
    {
        var path = Path.Combine(Golden.Repository("results/published"), name, ResultFiles.Name);
        var text = File.ReadAllText(path);

        Assert.NotEmpty(CheckedResult.Read(path).Rows);
        Assert.Contains(": median is 7, ", CheckedResult.Complaint(ResultJson.Parse(Changed(text, file => Row(file, row => row["median"] is not null)["median"] = 7))), StringComparison.Ordinal);
        Assert.Contains(": value is 7, ", CheckedResult.Complaint(ResultJson.Parse(Changed(text, file => file["ratios"]![0]!["value"] = 7))), StringComparison.Ordinal);
    }

    private static JsonArray Iterations(JsonNode file) => file["rows"]![0]!["launches"]![0]!["iterationSeconds"]!.AsArray();

    private static JsonNode Row(JsonNode file, Func<JsonNode, bool> which) => file["rows"]!.AsArray().First(row => which(row!))!;

    private static string Changed(string text, Action<JsonNode> change)
    {
        var file = JsonNode.Parse(text)!;
        change(file);
        return file.ToJsonString();
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}
