using ConnectionReuse.Bench.Running;
using ConnectionReuse.Connections;
using ConnectionReuse.Results;
using ConnectionReuse.Servers;
using ConnectionReuse.Tests.Faults;
using ConnectionReuse.Tests.Servers;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Xunit;
using Control = ConnectionReuse.Servers.KestrelServer;

namespace ConnectionReuse.Tests.EndToEnd;

/// <summary>URLs of the user's, played by servers of our own that the program knows by URL alone: versions, clients, statuses.</summary>
[Collection(nameof(TheProgram))]
public sealed class OwnUrlTests
{
    [Fact]
    [Fault("`./run.sh timeit URL` where the server answers 404 Not Found", "wrong answer: answered 404 Not Found, no documented table; exit 4")]
    public async Task A_status_is_a_reason_of_its_own()
    {
        LongTests.SkipUnlessAsked();
        const string Status = "404 Not Found";
        await using var server = new CannedServer(CannedServer.Response(Status, ""));

        using var run = await ProgramRun.ToEndAsync($"timeit {server.Uri} --requests 5");

        Assert.Equal(ExitCode.CouldNotMeasure, run.ExitCode);
        Assert.Equal($"could not measure: {server.Uri}: answered {Status}", run.Errors.Trim());
        Assert.All(run.Result().Rows, row => Assert.Equal((RowStatus.WrongAnswer, $"answered {Status}"), (row.Status, row.Reason)));
        Assert.Single(server.Requests);
        Assert.DoesNotContain("documented", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    [Fault("`./run.sh timeit URL URL` where one server answers 500 Internal Server Error", "wrong answer: answered 500 Internal Server Error; the other is measured; exit 4")]
    public async Task One_URL_that_yields_nothing_is_told_though_another_was_measured()
    {
        LongTests.SkipUnlessAsked();
        await using var server = new CannedServer(CannedServer.Response("200 OK", "x"));
        await using var other = new CannedServer(CannedServer.Response("500 Internal Server Error", ""));

        using var run = await ProgramRun.ToEndAsync($"timeit {server.Uri} {other.Uri} --requests 4 --sets 1 --repeat 1");

        Assert.Equal(ExitCode.CouldNotMeasure, run.ExitCode);
        Assert.Equal($"could not measure: {other.Uri}: answered 500 Internal Server Error", run.Errors.Trim());
        Assert.All(run.Result().Rows.Where(row => row.Url == server.Uri.AbsoluteUri), row => Assert.Equal(RowStatus.Measured, row.Status));
    }

    [Fact]
    public async Task HTTP_2_without_TLS_is_spoken_with_a_URL_of_the_users()
    {
        LongTests.SkipUnlessAsked();
        await using var server = await Control.StartAsync(TargetIds.KestrelH2c, new KestrelSettings { Protocols = HttpProtocols.Http2 }, TestContext.Current.CancellationToken);

        using var run = await ProgramRun.ToEndAsync($"timeit {server.Uri} --http 2 --requests 5 --sets 1 --repeat 1");

        Assert.True(run.ExitCode == ExitCode.Done, run.Output + run.Errors);
        Assert.All(run.Result().Rows, row => Assert.Equal((RowStatus.Measured, "2.0"), (row.Status, row.HttpVersion)));
        Assert.Equal([5, 1], run.Result().Rows.Select(row => row.PerIteration(counts => counts.Carrying)));
    }

    [Fact]
    [Fault("`--http 2` without TLS, of a server of HTTP/1.1", "that it speaks HTTP/1.1 and no HTTP/2; exit 4")]
    public async Task A_server_without_HTTP_2_is_called_that()
    {
        LongTests.SkipUnlessAsked();
        await using var server = await Control.StartAsync(TargetIds.KestrelHttp, new KestrelSettings(), TestContext.Current.CancellationToken);

        using var run = await ProgramRun.ToEndAsync($"timeit {server.Uri} --http 2 --requests 5");

        Assert.Equal(ExitCode.CouldNotMeasure, run.ExitCode);
        Assert.Equal($"could not measure: {server.Uri}: the server speaks HTTP/1.1, and no HTTP/2 without TLS", run.Errors.Trim());
    }

    [Fact]
    public async Task HTTP_3_is_unsupported_where_the_machine_has_no_QUIC()
    {
        LongTests.SkipUnlessAsked();
        Assert.SkipUnless(Quic.Unsupported is not null, "this machine has QUIC");

        using var run = await ProgramRun.ToEndAsync("timeit https://localhost:1/ --http 3 --requests 5");

        Assert.Equal(ExitCode.CouldNotMeasure, run.ExitCode);
        Assert.Equal($"could not measure: {Quic.Unsupported}", run.Errors.Trim());
        Assert.All(run.Result().Rows, row => Assert.Equal(RowStatus.Unsupported, row.Status));
    }

    [Fact]
    public async Task Any_client_is_timed_on_a_URL_beside_fresh_and_shared()
    {
        LongTests.SkipUnlessAsked();
        await using var server = new CannedServer(CannedServer.Response("200 OK", "x"));

        using var run = await ProgramRun.ToEndAsync($"timeit {server.Uri}here?q=1 --client refit-fresh --client restsharp-shared --requests 4 --sets 1 --repeat 1");

        Assert.True(run.ExitCode == ExitCode.Done, run.Output + run.Errors);
        var rows = run.Result().Rows;
        Assert.Equal([("fresh", 4), ("shared", 1), ("refit-fresh", 4), ("refit-shared", 1), ("restsharp-shared", 1)], rows.Select(row => (row.Client, (int)row.PerIteration(counts => counts.Carrying)!)));
        Assert.All(rows, row => Assert.Null(row.Counts!.Accepted)); // nobody counts at the other end
        Assert.All(server.Requests, request => Assert.StartsWith("GET /here?q=1 ", request, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_comparison_takes_a_URL_through_the_clients_that_are_named()
    {
        LongTests.SkipUnlessAsked();
        await using var server = await Control.StartAsync(TargetIds.KestrelH2c, new KestrelSettings { Protocols = HttpProtocols.Http2 }, TestContext.Current.CancellationToken);

        using var run = await ProgramRun.ToEndAsync($"--target {server.Uri} --http 2 --client message-invoker --filter *RealClientLifetimes* --requests 4 --launchCount 1");

        Assert.True(run.ExitCode == ExitCode.Done, run.Output + run.Errors);
        Assert.Equal([("fresh", "2.0"), ("shared", "2.0"), ("message-invoker", "2.0")], run.Result().Rows.Select(row => (row.Client, row.HttpVersion)));
        Assert.All(run.Result().Rows, row => Assert.Equal((RowStatus.Measured, "RealClientLifetimes"), (row.Status, row.Parameters.Class)));
    }

    [Theory]
    [InlineData("timeit http://localhost:1/ --client grpc-shared", "--client grpc-shared: it calls a path or a service that only the suite's own servers have")]
    [InlineData("timeit http://localhost:1/ --client fresh-full", "--client fresh-full: it differs in its TLS handshakes alone, and http://localhost:1/ has no TLS")]
    [InlineData("timeit http://localhost:1/ --http 3", "--http 3 is for https: http://localhost:1/ has no TLS, and QUIC always has")]
    [InlineData("timeit --http 3", "--http 3 is for URLs: wiremock-https speaks HTTP/1.1 and 2; class Protocols has the control over HTTP/3")]
    [InlineData("timeit --http 4", "--http 4: 1.1, 2 or 3")]
    [InlineData("timeit --documented --client static", "--documented sets the target and its network: leave out --client")]
    [InlineData("--client static", "--client is for URLs of yours: name one with --target")]
    [InlineData("--offline --http 2", "--http is for real targets, which --offline leaves out")]
    [InlineData("--target http://localhost:1/ --client floor-fresh", "--client floor-fresh: it reads the very bytes that the local targets send, and no other answer")]
    [Fault("`./run.sh {0}`", "{1}; exit 2")]
    public async Task A_bad_argument_is_named_in_one_line(string arguments, string line)
    {
        Assert.Equal(line, await RootRun.RefusalAsync(arguments));
    }
}
