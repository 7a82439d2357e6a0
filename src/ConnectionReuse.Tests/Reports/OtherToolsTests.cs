using ConnectionReuse.Reporting.Reports;
using ConnectionReuse.Results;
using ConnectionReuse.Tests.Charts;
using ConnectionReuse.Tests.Reporting;
using Xunit;

namespace ConnectionReuse.Tests.Reports;

/// <summary>Other tools read the export.</summary>
public sealed class OtherToolsTests
{
    private static readonly string Published = Golden.Repository("results/published");

    /// <summary>The folder of every published report.</summary>
    public static TheoryData<string> Names => [.. Directory.GetDirectories(Published).Select(path => Path.GetFileName(path))];

    [Fact]
    public void Each_finds_every_row_with_times_under_a_name_of_its_own()
    {
        var file = SampleMeasurements.Everything();

        AssertRead(file);
        Assert.Contains("ConnectionReuse.kestrel-https.fresh", OtherTools.Bencher(BenchmarkDotNetJson.Of(file)).Select(row => row.Name));
        Assert.EndsWith("full.json", Report.BenchmarkDotNetName, StringComparison.Ordinal); // ResultsComparer takes files of a folder by it
        Assert.DoesNotContain("localhost", BenchmarkDotNetJson.Of(file), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_reads_every_row_of_a_published_result(string name) =>
        AssertRead(ResultFiles.Read(Path.Combine(Published, name, ResultFiles.Name)));

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_reads_the_export_that_was_published(string name) =>
        AssertRead(ResultFiles.Read(Path.Combine(Published, name, ResultFiles.Name)), File.ReadAllText(Path.Combine(Published, name, Report.BenchmarkDotNetName)));

    [Fact]
    public void Rows_that_differ_in_a_case_alone_have_two_names()
    {
        ResultRow Case(string name) => SampleRuns.Row(TargetIds.KestrelHttps, "shared", 1) with { Parameters = new RowParameters { Class = "Payloads", Case = name } };

        Assert.Equal(
            ["ConnectionReuse.kestrel-https.shared(case: 1 kB, class: Payloads)", "ConnectionReuse.kestrel-https.shared(case: 64 kB, class: Payloads)"],
            OtherTools.Bencher(BenchmarkDotNetJson.Of(SampleRuns.Run(Case("1 kB"), Case("64 kB")))).Select(row => row.Name));
    }

    [Fact]
    public void A_row_that_made_more_requests_in_an_iteration_is_not_slower()
    {
        var five = SampleRuns.Row(TargetIds.KestrelHttps, "fresh", 1) with { Requests = 5 };
        var ten = five with { Requests = 10, Launches = [.. five.Launches.Select(launch => launch with { IterationSeconds = [.. launch.IterationSeconds.Select(seconds => 2 * seconds)] })] };

        var compared = OtherTools.ResultsComparer(BenchmarkDotNetJson.Of(SampleRuns.Run(five)), BenchmarkDotNetJson.Of(SampleRuns.Run(ten)));

        Assert.Equal(1, Assert.Single(compared).Ratio, 1e-6);
    }

    [Fact]
    public void A_row_whose_memory_nobody_counted_is_read_too()
    {
        var row = SampleRuns.Row(TargetIds.KestrelHttps, "fresh", 1) with { AllocatedBytesPerRequest = null, CallTimes = CallTimes.Of([1, 2, 3]) };

        AssertRead(SampleRuns.Run(row));
    }

    [Fact]
    public void Memory_is_per_request_and_collections_are_those_that_were_counted()
    {
        var row = SampleRuns.Row(TargetIds.KestrelHttps, "fresh", 1);
        var json = BenchmarkDotNetJson.Of(SampleRuns.Run(row with { Counts = row.Counts! with { Gen0Collections = 7, Gen1Collections = 2, Gen2Collections = 1 } }));

        Assert.Equal(4322u, Assert.Single(OtherTools.Bencher(json)).Allocated);
        Assert.Contains("\"Memory\":{\"Gen0Collections\":7,\"Gen1Collections\":2,\"Gen2Collections\":1,\"TotalOperations\":2500,\"BytesAllocatedPerOperation\":4322}", json, StringComparison.Ordinal);
    }

    private static void AssertRead(ResultFile file, string? written = null)
    {
        var json = written ?? BenchmarkDotNetJson.Of(file);
        var rows = file.Rows.Count(row => row.HasTimes());
        string[] names = [.. OtherTools.Bencher(json).Select(row => row.Name)];

        Assert.Equal(rows, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.Equal(names, OtherTools.GitHubActionBenchmark(json).Select(row => row.Name));
        Assert.Equal(names, OtherTools.ResultsComparer(json, json).Select(row => row.Name));
        Assert.All(OtherTools.ResultsComparer(json, json), row => Assert.Equal((1.0, 0L), (row.Ratio, row.Allocated)));
    }
}
