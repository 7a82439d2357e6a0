using System.Net;
using System.Net.Sockets;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Peers;
using ConnectionReuse.Processes;
using ConnectionReuse.Results;
using ConnectionReuse.Tests.Faults;
using Xunit;

namespace ConnectionReuse.Tests.EndToEnd;

[Collection(nameof(TheProgram))]
public sealed class TimeitTests
{
    [Fact]
    public async Task Without_a_URL_it_times_both_local_targets_and_tells_where_the_time_goes()
    {
        LongTests.SkipUnlessAsked();
        using var run = await ProgramRun.ToEndAsync("timeit --number 20 --repeat 3 --json copy.json --markdown copy.md");

        Assert.True(run.ExitCode == ExitCode.Done, run.Output + run.Errors);
        var result = run.Result();
        Assert.Equal(
            [("wiremock-https", "fresh"), ("wiremock-https", "shared"), ("wiremock-http", "fresh"), ("wiremock-http", "shared")],
            result.Rows.Select(row => (row.Target, row.Client)));
        Assert.All(result.Rows, row =>
        {
            Assert.Equal(RowStatus.Measured, row.Status);
            Assert.Equal([1, 2, 3], row.Launches.Select(launch => launch.Round));
            Assert.Equal(row.Client == "shared" ? 1 : 20, row.PerIteration(counts => counts.Carrying));
            Assert.True(row.Phases!.Disagreement <= PhaseTimes.Tolerance, $"{row.Target} {row.Client}: phases miss the measured time by {row.Phases.Disagreement}");
            Assert.Equal(row.Client == "fresh", row.Phases.ConnectSeconds > 0);
            Assert.Equal(row is { Client: "fresh", Target: "wiremock-https" }, row.Phases.TlsSeconds > 0);
        });
        Assert.Equal([2, 1], result.Ratios.Select(ratio => ratio.Model!.ExtraRoundTrips));
        Assert.Equal(File.ReadAllText(run.Latest("results.json")), File.ReadAllText(Path.Combine(run.Folder.FullName, "copy.json")));
        var table = File.ReadAllText(Path.Combine(run.Folder.FullName, "copy.md"));
        Assert.Contains(table.TrimEnd(), run.Output, StringComparison.Ordinal);
        Assert.Contains("where a call's time goes: wiremock-https", table, StringComparison.Ordinal);
        Assert.Contains("### the limit", table, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Over_an_emulated_link_every_row_says_so_and_its_connects_are_booked_where_they_belong()
    {
        LongTests.SkipUnlessAsked();
        using var run = await ProgramRun.ToEndAsync("timeit kestrel-http --rtt 40ms --server-time 5ms --requests 2 --repeat 3");

        Assert.Equal(ExitCode.Done, run.ExitCode);
        var (fresh, shared) = (run.Result().Rows[0], run.Result().Rows[1]);
        Assert.All([fresh, shared], row =>
        {
            Assert.Equal((40, 5), (row.Link!.RttMilliseconds, row.Link.ServerTimeMilliseconds));
            Assert.Equal(40, row.Parameters.Link!.RttMilliseconds);
        });
        Assert.Equal((2, 1), (fresh.PerIteration(counts => counts.Carrying), shared.PerIteration(counts => counts.Carrying)));
        Assert.Equal(0.040, fresh.Phases!.EmulatedConnectSeconds);
        Assert.Null(shared.Phases!.EmulatedConnectSeconds);
        Assert.False(Assert.Single(run.Result().Ratios).Model!.CpuBound);
        Assert.Contains("kestrel-http, rtt 40ms, server-time 5ms (emulated)", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_documented_session_runs_over_one_connection_against_full_handshakes_of_TLS_1_2()
    {
        LongTests.SkipUnlessAsked();
        using var run = await ProgramRun.ToEndAsync("timeit --documented --requests 4");

        Assert.Equal(ExitCode.Done, run.ExitCode);
        var (fresh, shared) = (run.Result().Rows[0], run.Result().Rows[1]);
        Assert.Equal(("fresh-full", "1.2", 4, 1d), (fresh.Client, fresh.TlsProtocol, fresh.Launches.Count, fresh.PerIteration(counts => counts.FullHandshakes)));
        Assert.Equal(("shared", 4, 0d), (shared.Client, shared.Launches.Count, shared.PerIteration(counts => counts.Opened)));
        Assert.Equal(3, Assert.Single(run.Result().Ratios).Model!.ExtraRoundTrips);
        Assert.Contains("reproduced s", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_HTTP_version_that_is_asked_for_is_the_one_that_is_spoken()
    {
        LongTests.SkipUnlessAsked();
        using var run = await ProgramRun.ToEndAsync("timeit kestrel-https kestrel-http --http 2 --requests 3 --repeat 1 --sets 1");

        var rows = run.Result().Rows;
        Assert.All(rows.Where(row => row.Target == "kestrel-https"), row => Assert.Equal((RowStatus.Measured, "2.0"), (row.Status, row.HttpVersion)));
        Assert.All(rows.Where(row => row.Target == "kestrel-http"), row => Assert.Equal(RowStatus.Unreachable, row.Status)); // only over TLS
    }

    [Fact]
    [Fault("`./run.sh timeit` of a port where nobody listens", "unreachable: connection refused; exit 4")]
    public async Task A_target_that_does_not_answer_says_why()
    {
        LongTests.SkipUnlessAsked();
        var url = $"http://localhost:{ClosedPort()}/";

        using var run = await ProgramRun.ToEndAsync($"timeit {url} --requests 2 --repeat 1 --sets 1");

        Assert.Equal(ExitCode.CouldNotMeasure, run.ExitCode);
        Assert.Equal($"could not measure: {url}: connection refused", run.Errors.Trim());
        Assert.All(run.Result().Rows, row => Assert.Equal((RowStatus.Unreachable, "connection refused"), (row.Status, row.Reason)));
    }

    [Fact]
    public async Task Other_tools_make_the_same_calls_and_our_server_counts_their_connections()
    {
        LongTests.SkipUnlessAsked();
        var curl = await new Curl().FindAsync(TestContext.Current.CancellationToken);
        Assert.SkipUnless(curl is not null, "curl is not installed");
        await using var path = TemporaryFolder.Create("test");
        foreach (var program in (string[])[curl.Program, SearchPath.Find("dotnet")!]) // PeerToolTests run the others
        {
            File.CreateSymbolicLink(Path.Combine(path.FullName, Path.GetFileName(program)), program);
        }

        using var run = await ProgramRun.ToEndAsync("timeit kestrel-https --peers --requests 2 --repeat 3 --sets 1", ("PATH", path.FullName));

        Assert.Equal(ExitCode.Done, run.ExitCode);
        var rows = run.Result().Rows;
        var fresh = Assert.Single(rows, row => row.Client == "curl-fresh");
        var reused = Assert.Single(rows, row => row.Client == "curl-reused");
        Assert.Equal((2, 1), (fresh.PerIteration(counts => counts.Carrying), reused.PerIteration(counts => counts.Carrying)));
        Assert.All([fresh, reused], row => Assert.StartsWith("curl ", row.Declared.Tool!.Name, StringComparison.Ordinal));
        Assert.True(fresh.Declared.Tool!.ChecksCertificates);
        Assert.Contains(run.Result().Ratios, ratio => (ratio.Slow, ratio.Fast) == ("curl-fresh", "curl-reused"));
        Assert.All(PeerTools.All, tool => Assert.Contains(rows, row => row.Client == tool.Rows[0].Id)); // installed or not
    }

    [Theory]
    [InlineData("timeit --rtt 5x", "--rtt 5x: a time such as 50ms, 0.5s or 200us is needed")]
    [InlineData("timeit --bandwidth fast", "--bandwidth fast: a rate such as 20mbit, 1gbit or 500kbit is needed")]
    [InlineData("timeit wiremock-htp", "wiremock-htp: neither a URL nor a local target, which are wiremock-http, wiremock-https, kestrel-http, kestrel-https")]
    [InlineData("timeit https://example.org/ --rtt 5ms", "--rtt is for local targets: https://example.org/ has a network of its own")]
    [InlineData("timeit --tls 1.1", "--tls 1.1: 1.2 or 1.3")]
    [InlineData("timeit kestrel-http --tls 1.3", "--tls is for https: kestrel-http has no TLS")]
    [InlineData("timeit --repeat 0", "--repeat 0: a whole number from 1 to 1000 is needed")]
    [InlineData("timeit --documented --rtt 5ms", "--documented sets the target and its network: leave out --rtt")]
    [InlineData("timeit --documented --peers", "--documented cannot be asked of other tools: leave out --peers")]
    [InlineData("timeit --peers --tls 1.2", "--tls cannot be asked of other tools: leave out --peers")]
    [InlineData("timeit http://x/?a http://x/?b", "http://x/ is given twice (user info and query do not tell targets apart)")]
    [InlineData("timeit --documented http://x/", "--documented sets the target and its network: leave out a target")]
    [Fault("`./run.sh {0}`", "{1}; exit 2")]
    public async Task A_bad_argument_is_named_in_one_line(string arguments, string line)
    {
        Assert.Equal(line, await RootRun.RefusalAsync(arguments));
    }

    private static int ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
