using System.Globalization;
using System.Text.Json.Nodes;
using BenchmarkDotNet.Mathematics;
using ConnectionReuse.Reporting.Reports;
using ConnectionReuse.Results;
using ConnectionReuse.Tests.Charts;
using ConnectionReuse.Tests.Reporting;
using Xunit;

namespace ConnectionReuse.Tests.Reports;

public sealed class ExportTests
{
    private static readonly ResultFile File = SampleMeasurements.Everything();

    [Fact]
    public void The_statistics_are_those_that_BenchmarkDotNet_gives_the_same_samples()
    {
        var row = File.Rows[0];
        var samples = row.Launches.SelectMany(launch => launch.IterationSeconds).Select(seconds => Math.Round(seconds * 1e9) / row.Requests).ToArray();
        var expected = new Statistics(samples);
        var actual = Benchmarks()[0]!["Statistics"]!;

        foreach (var (name, value) in (ReadOnlySpan<(string, double)>)
        [
            ("N", expected.N), ("Min", expected.Min), ("LowerFence", expected.LowerFence), ("Q1", expected.Q1), ("Median", expected.Median), ("Mean", expected.Mean),
            ("Q3", expected.Q3), ("UpperFence", expected.UpperFence), ("Max", expected.Max), ("InterquartileRange", expected.InterquartileRange),
            ("StandardError", expected.StandardError), ("Variance", expected.Variance), ("StandardDeviation", expected.StandardDeviation),
            ("Skewness", expected.Skewness), ("Kurtosis", expected.Kurtosis),
        ])
        {
            Assert.Equal(value, (double)actual[name]!, Math.Abs(value) * 1e-9);
        }

        Assert.Equal(expected.AllOutliers, actual["AllOutliers"]!.AsArray().Select(value => (double)value!));
        Assert.Equal(samples, actual["OriginalValues"]!.AsArray().Select(value => (double)value!));
        Assert.Equal(expected.Percentiles.P95, (double)actual["Percentiles"]!["P95"]!, 1e-3);
        Assert.Equal(expected.Percentiles.P67, (double)actual["Percentiles"]!["P67"]!, 1e-3);
    }

    [Fact]
    public void A_name_does_not_change_with_a_local_servers_port()
    {
        var other = File with { Rows = [.. File.Rows.Select(row => row with { Url = row.Url.Replace("4567", "5678", StringComparison.Ordinal) })] };

        Assert.Equal(BenchmarkDotNetJson.Of(File), BenchmarkDotNetJson.Of(other));
    }

    [Fact]
    public void A_single_sample_has_statistics_too()
    {
        var row = SampleRuns.Row(TargetIds.KestrelHttp, "fresh", 1) with { Launches = [new Launch(1, [0.1])] };

        var statistics = JsonNode.Parse(BenchmarkDotNetJson.Of(SampleRuns.Run(row)))!["Benchmarks"]![0]!["Statistics"]!;

        Assert.Equal((1, 0.0), ((int)statistics["N"]!, (double)statistics["StandardDeviation"]!));
    }

    [Fact]
    public void Every_sample_is_a_line_and_every_row_is_a_line()
    {
        Assert.Equal(File.Rows.Sum(row => row.Launches.Sum(launch => launch.IterationSeconds.Count)), Lines(CsvExport.Samples(File)).Length - 1);
        Assert.Equal(File.Rows.Count, Lines(CsvExport.Rows(File)).Length - 1);
        var columns = Lines(CsvExport.Samples(File))[0].Split(',').Length;
        Assert.All(Lines(CsvExport.Samples(File)), line => Assert.Equal(columns, line.Split(',').Length));
        Assert.Equal(
            File.Rows[0].Launches[0].IterationSeconds[0],
            double.Parse(Lines(CsvExport.Samples(File))[1].Split(',')[^1], CultureInfo.InvariantCulture));
    }

    [Fact]
    public void The_percentiles_of_single_calls_are_columns()
    {
        var row = SampleRuns.Row(TargetIds.KestrelHttp, "fresh", 1) with { CallTimes = CallTimes.Of(Enumerable.Range(1, 1000).Select(call => call / 1000.0)) };

        var lines = Lines(CsvExport.Rows(SampleRuns.Run(row)));

        var cells = lines[0].Split(',').Zip(lines[1].Split(',')).ToDictionary(cell => cell.First, cell => cell.Second);
        Assert.Equal(("0.5", "0.9", "0.99", "1"), (cells["callP50Seconds"], cells["callP90Seconds"], cells["callP99Seconds"], cells["callMaxSeconds"]));
    }

    [Fact]
    public void A_reason_with_commas_quotes_and_line_ends_stays_one_cell()
    {
        var text = CsvExport.Rows(SampleRuns.Run(SampleRuns.Empty(TargetIds.KestrelHttp, "fresh", RowStatus.Failed, "a, \"b\"\nc")));

        Assert.Contains(",failed,\"a, \"\"b\"\"\nc\",100,", text, StringComparison.Ordinal);
    }

    private static JsonArray Benchmarks() => JsonNode.Parse(BenchmarkDotNetJson.Of(File))!["Benchmarks"]!.AsArray();

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
