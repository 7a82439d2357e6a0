using ConnectionReuse.Bench.Comparing;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Reporting.Reports;
using ConnectionReuse.Results;
using ConnectionReuse.Tests.Faults;
using NJsonSchema;
using Xunit;

namespace ConnectionReuse.Tests.EndToEnd;

[Collection(nameof(TheProgram))]
public sealed class ComparisonTests
{
    private const string Small = "--requests 5 --iterationCount 2 --warmupCount 1";

    // One run, in a single round, for all that a whole one promises but its ratios; ClientPatternTests holds every client on every target.
    [Fact]
    public async Task Rows_of_each_kind_are_measured_and_proven_and_all_is_written()
    {
        using var run = await ProgramRun.ToEndAsync($"--offline --filter *WireMockHttps.Fresh *WireMockHttps.Shared *KestrelHttps.FreshFull *KestrelHttp.FloorShared --launchCount 1 {Small}");

        Assert.True(run.ExitCode == ExitCode.Done, run.Output + run.Errors);
        Assert.Equal(4, run.Result().Rows.Count);
        AssertProven(run.Result());
        AssertOneRoundGivesNeitherIntervalNorRatio(run);
        AssertFirstCalls(run.Output);
        await AssertWrittenAsync(run);
    }

    [Fact]
    public async Task Every_local_row_is_measured_and_proven()
    {
        LongTests.SkipUnlessAsked();
        using var run = await ProgramRun.ToEndAsync($"--offline --launchCount 1 {Small}");

        Assert.True(run.ExitCode == ExitCode.Done, run.Output + run.Errors);
        Assert.Equal(15, run.Result().Rows.Count);
        AssertProven(run.Result());
    }

    private static void AssertProven(ResultFile result)
    {
        Assert.All(result.Rows, row =>
        {
            var reuses = row.Client.EndsWith("shared", StringComparison.Ordinal);
            var full = row.Client.EndsWith("full", StringComparison.Ordinal);
            var tls = TargetIds.IsTls(row.Target);
            Assert.Equal(RowStatus.Measured, row.Status);
            Assert.Equal(5, row.Requests);
            Assert.Equal(2, Assert.Single(row.Launches).IterationSeconds.Count);
            Assert.Equal(reuses ? 1 : 5, row.PerIteration(counts => counts.Carrying));
            Assert.Equal(reuses ? 0 : 5, row.PerIteration(counts => counts.Opened));
            Assert.Equal(tls && !reuses && full ? 5 : 0, row.PerIteration(counts => counts.FullHandshakes));
            Assert.Equal(tls && !reuses && !full ? 5 : 0, row.PerIteration(counts => counts.ResumedHandshakes));
            Assert.Equal(0, row.Failures);
            Assert.True(row.AllocatedBytesPerRequest > 0 || row.Client == "floor-shared"); // a bare socket allocates nothing
            Assert.True(row.PerRequest(counts => counts.WireBytes) > 0);
            Assert.True(row is { Counts: { ClientCpuMicroseconds: > 0, ServerCpuMicroseconds: > 0 } });
            Assert.Equal("1.1", row.HttpVersion);
            Assert.Equal(tls ? "1.3" : null, row.TlsProtocol);
        });
    }

    private static void AssertOneRoundGivesNeitherIntervalNorRatio(ProgramRun run)
    {
        Assert.Empty(run.Result().Ratios);
        Assert.All(run.Result().Rows, row => Assert.Null(row.Low));
        Assert.Contains("1 round: an interval needs at least 3", run.Output, StringComparison.Ordinal);
    }

    private static void AssertFirstCalls(string output)
    {
        string[] evidence =
        [
            "wiremock-https fresh: 3 calls",
            "Starting new HTTPS connection (1): localhost",
            "Starting new HTTPS connection (1): localhost",
            "Starting new HTTPS connection (1): localhost",
        ];
        Assert.Contains(string.Join('\n', evidence) + "\n", output, StringComparison.Ordinal);
        Assert.Contains("wiremock-https shared: 4 calls\nStarting new HTTPS connection (1): localhost\n", output, StringComparison.Ordinal);
        Assert.DoesNotContain("connection (2)", output, StringComparison.Ordinal);
    }

    private static async Task AssertWrittenAsync(ProgramRun run)
    {
        var schema = await JsonSchema.FromFileAsync(Path.Combine(Source.Repository, "results", "schema.json"), TestContext.Current.CancellationToken);
        Assert.Empty(schema.Validate(await File.ReadAllTextAsync(run.Latest("results.json"), TestContext.Current.CancellationToken)));
        Assert.Contains(await File.ReadAllTextAsync(run.Latest("timeit.md"), TestContext.Current.CancellationToken), run.Output + "\n", StringComparison.Ordinal);
        foreach (var pattern in (string[])["*-report-github.md", "*-report.csv", "*-timeit.md"])
        {
            Assert.NotEmpty(Directory.GetFiles(run.Latest("results"), pattern));
        }

        // One file for other tools, which take every *full.json of a folder and refuse a name that comes twice.
        Assert.Equal([run.Latest(Report.BenchmarkDotNetName)], Directory.GetFiles(run.Latest(""), "*full.json", SearchOption.AllDirectories));
        Assert.Equal(BenchmarkDotNetJson.Of(run.Result()), await File.ReadAllTextAsync(run.Latest(Report.BenchmarkDotNetName), TestContext.Current.CancellationToken));
        Assert.Equal(2, run.Folder.GetDirectories().Length); // latest, and a dated sibling
    }

    [Fact]
    public async Task A_job_of_BenchmarkDotNet_replaces_ours()
    {
        LongTests.SkipUnlessAsked();
        using var run = await ProgramRun.ToEndAsync("--offline --filter *KestrelHttp.Shared --requests 5 --job dry");

        Assert.Equal(ExitCode.Done, run.ExitCode);
        var row = Assert.Single(run.Result().Rows);
        Assert.Single(Assert.Single(row.Launches).IterationSeconds);
    }

    [Fact]
    [Fault("a shared client that asks the server to close", "that one connection was expected, and what was seen; no ratio with it; exit 1")]
    public async Task A_shared_client_that_is_told_to_close_fails_by_name_and_the_others_are_held_against_each_other_round_by_round()
    {
        LongTests.SkipUnlessAsked();
        using var run = await ProgramRun.ToEndAsync($"--offline --filter *KestrelHttp.Fresh *KestrelHttp.Shared *KestrelHttp.FloorFresh --launchCount 3 --fault SharedClose {Small}");

        Assert.Equal(ExitCode.DoesNotHold, run.ExitCode);
        var result = run.Result();
        var shared = Assert.Single(result.Rows, row => row.Client == "shared");
        Assert.Equal(RowStatus.Failed, shared.Status);
        Assert.Equal("round 1: expected 1 connection in use and 0 opened per iteration; seen 5 connections in use and 5 opened per iteration", shared.Reason);
        Assert.Contains($"shared: failed: {shared.Reason}", run.Output, StringComparison.Ordinal);
        Assert.All(result.Rows.Where(row => row != shared), row =>
        {
            Assert.Equal([1, 2, 3], row.Launches.Select(launch => launch.Round));
            Assert.True(row.Low <= row.Median && row.Median <= row.High);
        });
        Assert.Equal(("fresh", "floor-fresh"), Assert.Single(result.Ratios.Select(ratio => (ratio.Slow, ratio.Fast))));
    }

    [Fact]
    [Fault("a server that cuts half of its connections", "which request failed and how; no time; exit 1")]
    public async Task A_server_that_cuts_half_of_its_connections_gives_a_failed_row_without_a_time()
    {
        LongTests.SkipUnlessAsked();
        using var run = await ProgramRun.ToEndAsync("--offline --filter *WireMockHttp.Shared --launchCount 1 --requests 50 --iterationCount 2 --warmupCount 1 --fault BrokenResponses");

        Assert.Equal(ExitCode.DoesNotHold, run.ExitCode);
        var row = Assert.Single(run.Result().Rows);
        Assert.Equal(RowStatus.Failed, row.Status);
        Assert.Matches("^request [0-9]+ of [0-9]+: (connection reset|The response ended prematurely)", row.Reason);
        Assert.Equal(1, row.Failures);
        Assert.Null(row.Median);
        Assert.Empty(row.Launches);
    }
}
