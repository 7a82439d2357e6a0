using System.Text.RegularExpressions;
using ConnectionReuse.Reporting.Reports;
using ConnectionReuse.Results;
using ConnectionReuse.Tests.Charts;
using ConnectionReuse.Tests.Reporting;
using Xunit;

namespace ConnectionReuse.Tests.Crank;

/// <summary>What dotnet/crank is told of a result.</summary>
public sealed partial class CrankStatisticsTests
{
    // Microsoft.Crank.Models.Operation.
    private static readonly string[] Operations = ["First", "Last", "Avg", "Sum", "Median", "Max", "Min", "Count", "All", "Delta"];

    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public void Every_measurement_has_its_metadata_and_a_name_of_its_own()
    {
        var block = Block(SampleMeasurements.Everything(), 1);

        Assert.Equal(block.Metadata.Keys.Order(StringComparer.Ordinal), block.Values.Keys.Order(StringComparer.Ordinal));
        Assert.All(block.Metadata.Values, metadata =>
        {
            Assert.Contains((string)metadata["Aggregate"]!, Operations);
            Assert.Contains((string)metadata["Reduce"]!, Operations);
            Assert.All((string[])["Format", "ShortDescription", "LongDescription", "Source"], member => Assert.NotEqual("", (string?)metadata[member] ?? ""));
        });
        Assert.All(block.Values.Keys, name => Assert.Matches(Name(), name));
    }

    [Fact]
    public void A_row_and_a_ratio_are_there_by_target_and_client()
    {
        var file = SampleRuns.Run(SampleRuns.KestrelHttps());
        var ratio = file.Ratios.Single(ratio => ratio is { Slow: "fresh", Fast: "shared" });

        var block = Block(file, 0);

        Assert.Equal(1.87, block["reuse/kestrel-https/fresh/ms-per-call"], 0.1);
        Assert.Equal(
            (100, 100, 100, 0, 0),
            (block["reuse/kestrel-https/fresh/connections"], block["reuse/kestrel-https/fresh/connections-opened"], block["reuse/kestrel-https/fresh-full/handshakes-full"],
                block["reuse/kestrel-https/fresh-full/handshakes-resumed"], block["reuse/kestrel-https/fresh/failures"]));
        Assert.Equal(
            (ratio.Value, ratio.Low, ratio.High),
            (block["reuse/kestrel-https/fresh-over-shared"], block["reuse/kestrel-https/fresh-over-shared/low"], block["reuse/kestrel-https/fresh-over-shared/high"]));
        Assert.Equal(0, block["reuse/exit-code"]);
    }

    [Fact]
    public void The_whole_result_file_is_in_it()
    {
        var file = SampleMeasurements.Everything();

        var block = Block(file, 0);

        Assert.Equal("json", (string?)block.Metadata["reuse/results"]["Format"]);
        Assert.Equal(ResultJson.Serialize(file), ResultJson.Serialize(ResultJson.Parse((string)block.Values["reuse/results"]!)));
    }

    [Fact]
    public void It_is_three_lines_of_ascii_between_the_marks_that_crank_looks_for()
    {
        var file = SampleRuns.Run(SampleRuns.KestrelHttps());
        var text = CrankStatistics.Block(file with { Environment = file.Environment with { Cpu = "Prozessor für Zwölf\nKerne" } }, 0, Now);

        var lines = text.Split('\n');
        Assert.Equal(("#StartJobStatistics", 4, "#EndJobStatistics", ""), (lines[0], lines.Length, lines[2], lines[3]));
        Assert.All(text, letter => Assert.True(char.IsAscii(letter)));
    }

    [Fact]
    public void Without_a_result_it_is_the_exit_code()
    {
        var block = Block(null, 4);

        Assert.Equal(["reuse/exit-code"], block.Values.Keys);
        Assert.Equal(4, block["reuse/exit-code"]);
    }

    [Fact]
    public void What_is_not_known_is_left_out_and_a_row_that_is_not_complete_has_a_failure()
    {
        var block = Block(
            SampleRuns.Run(
            [
                SampleRuns.Row(TargetIds.KestrelHttp, "shared", 0.1),
                SampleRuns.Empty(TargetIds.KestrelHttp, "fresh", RowStatus.NotRun, "the run ended before it"),
                SampleRuns.Empty(TargetIds.WireMockHttp, "fresh", RowStatus.Failed, "round 1: expected 100 connections in use; seen 1"),
                SampleRuns.Empty(TargetIds.KestrelHttps, "fresh", RowStatus.Unsupported, "not over a network"),
            ]),
            1);

        Assert.DoesNotContain("reuse/kestrel-http/shared/handshakes-full", block.Values.Keys);
        Assert.DoesNotContain("reuse/kestrel-http/fresh/ms-per-call", block.Values.Keys);
        Assert.Equal(
            (0, 1, 1, 0),
            (block["reuse/kestrel-http/shared/failures"], block["reuse/kestrel-http/fresh/failures"], block["reuse/wiremock-http/fresh/failures"], block["reuse/kestrel-https/fresh/failures"]));
    }

    [Fact]
    public void Of_several_clients_the_median_is_taken_of_times_and_the_most_of_failures_which_a_median_would_hide()
    {
        var good = SampleRuns.Run(SampleRuns.KestrelHttps());
        var bad = good with { Rows = [.. good.Rows.Select(row => row with { Status = RowStatus.Failed, Failures = 3 })] };
        CrankBlock[] clients = [Block(good, 0), Block(bad, 1), Block(good, 0)];

        Assert.Equal(0, Median([.. clients.Select(client => client["reuse/kestrel-https/fresh/failures"])]));
        Assert.Equal(0, Median([.. clients.Select(client => client["reuse/exit-code"])]));
        Assert.Equal(3, Reduced("reuse/kestrel-https/fresh/failures"));
        Assert.Equal(1, Reduced("reuse/exit-code"));
        Assert.Equal(clients[0]["reuse/kestrel-https/fresh/ms-per-call"], Reduced("reuse/kestrel-https/fresh/ms-per-call"));
        Assert.Equal("Median", (string?)clients[0].Metadata["reuse/kestrel-https/fresh/ms-per-call"]["Reduce"]);

        double Reduced(string name)
        {
            double[] values = [.. clients.Where(client => client.Values.ContainsKey(name)).Select(client => client[name])]; // a client that failed has no time
            return (string?)clients[0].Metadata[name]["Reduce"] == "Max" ? values.Max() : Median(values);
        }
    }

    private static CrankBlock Block(ResultFile? file, int exitCode) => CrankBlock.Of(CrankStatistics.Block(file, exitCode, Now));

    // As crank's default.config.yml has it: percentile(values, 50).
    private static double Median(double[] values) => values.Order().ElementAt(Math.Max(0, (int)Math.Round(values.Length * 50 / 100.0, MidpointRounding.AwayFromZero) - 1));

    [GeneratedRegex(@"^reuse/(exit-code|results|[a-z0-9-]+/[a-z0-9.-]+(/[a-z-]+)?)$")]
    private static partial Regex Name();
}
