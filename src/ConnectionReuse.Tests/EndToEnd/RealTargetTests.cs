using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Clients;
using ConnectionReuse.Results;
using ConnectionReuse.Servers;
using ConnectionReuse.Targets;
using ConnectionReuse.Tests.Faults;
using ConnectionReuse.Tests.Servers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace ConnectionReuse.Tests.EndToEnd;

/// <summary>Real targets, played by servers of our own that the program knows by URL alone.</summary>
[Collection(nameof(TheProgramBeside))]
public sealed class RealTargetTests
{
    private const string Small = "--filter *RealHttps.Fresh *RealHttps.Shared --requests 5 --warmupCount 0";

    [Fact]
    public async Task A_real_target_is_measured_in_three_rounds_of_one_iteration_and_at_most_four_times_as_many_requests()
    {
        LongTests.SkipUnlessAsked();
        const int Requests = 4; // the fewest for which the first calls, the priming ones and three rounds fit
        using var certificates = TestCertificates.Create(TimeProvider.System);
        await using var server = await KestrelServer.StartAsync(TargetIds.Real, new KestrelSettings { Certificate = certificates.Leaf }, TestContext.Current.CancellationToken);
        using var authority = new AuthorityFile(certificates);

        using var run = await ProgramRun.ToEndAsync($"--filter *RealHttps.FreshFull *RealHttps.Shared --requests {Requests} --warmupCount 0 --target {WithSecrets(server.Uri)}", ("SSL_CERT_FILE", authority.Path));

        Assert.True(run.ExitCode == ExitCode.Done, run.Output + run.Errors);
        var result = run.Result();
        Assert.Equal(["fresh-full", "shared"], result.Rows.Select(row => row.Client));
        Assert.All(result.Rows, row =>
        {
            Assert.Equal(RowStatus.Measured, row.Status);
            Assert.Equal(3, row.Launches.Count);
            Assert.All(row.Launches, launch => Assert.Single(launch.IterationSeconds));
            Assert.Equal(row.Client == "shared" ? 1 : Requests, row.PerIteration(counts => counts.Carrying));
            Assert.Equal(server.Uri.AbsoluteUri, row.Url);
        });
        Assert.Equal(Requests, result.Rows[0].PerIteration(counts => counts.FullHandshakes));
        Assert.Equal(("fresh-full", "shared"), Assert.Single(result.Ratios.Select(ratio => (ratio.Slow, ratio.Fast))));
        Assert.InRange(server.Counter.Mark().Requests, 2 * 3 * Requests, 2 * 4 * Requests);
        Assert.Contains($"will get up to {4 * Requests} requests from each of 2 clients, one at a time, {ReuseVerdicts.Announcement} (--offline leaves it out)", run.Output, StringComparison.Ordinal);
        Assert.All(run.Folder.GetFiles("*", SearchOption.AllDirectories), file =>
            Assert.DoesNotContain("secret", File.ReadAllText(file.FullName), StringComparison.Ordinal));
    }

    // One run for them all: nothing is measured in it.
    [Fact]
    [Fault("a certificate of an unknown authority", "unreachable: TLS, and why; no request is sent")]
    [Fault("a name that nobody has", "unreachable: the name is not known")]
    [Fault("a redirect", "the URL to use, without its query")]
    [Fault("a chain of redirects", "its end, asked once")]
    public async Task Targets_that_do_not_answer_as_they_should_are_rows_with_their_reasons_and_are_asked_once()
    {
        using var certificates = TestCertificates.Create(TimeProvider.System);
        await using var stranger = await KestrelServer.StartAsync(TargetIds.Real, new KestrelSettings { Certificate = certificates.Leaf }, TestContext.Current.CancellationToken);
        await using var moved = new CannedServer(CannedServer.Response("301 Moved Permanently", "", "Location: https://www.example.org/start?token=secret"));
        await using var end = new CannedServer(CannedServer.Response("200 OK", "here"));
        await using var middle = new CannedServer(CannedServer.Response("302 Found", "", $"Location: {end.Uri}end"));
        await using var start = new CannedServer(CannedServer.Response("301 Moved Permanently", "", $"Location: {middle.Uri}"));
        (string Url, string Reason)[] targets =
        [
            ($"{stranger.Uri}", "TLS: "),
            ("https://no-such-host.invalid/", "the name is not known"),
            ($"{moved.Uri}", "answered 301 Moved Permanently: use https://www.example.org/start instead"),
            ($"{start.Uri}", $"answered 301 Moved Permanently: use {end.Uri}end instead"),
        ];

        using var run = await ProgramRun.ToEndAsync($"{Small} {string.Join(' ', targets.Select(target => $"--target {target.Url}"))}");

        Assert.Equal(ExitCode.CouldNotMeasure, run.ExitCode); // nothing else was asked for
        Assert.All(targets, target => AssertUnreachable(run, target.Reason, row => row.Url == target.Url));
        Assert.Equal(0, stranger.Counter.Mark().Requests);
        Assert.Equal([1, 1, 1, 1], new[] { moved, start, middle, end }.Select(server => server.Requests.Count));
        Assert.Contains("Starting new HTTP connection (1): localhost", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("connection (2)", run.Output, StringComparison.Ordinal); // those of the other hosts are no evidence
    }

    [Fact]
    [Fault("a port where nobody listens, named with `--target`", "unreachable: connection refused; the rest is measured; exit 4")]
    public async Task A_target_that_refuses_is_a_row_with_its_reason()
    {
        LongTests.SkipUnlessAsked();
        var url = $"http://localhost:{ClosedPort()}/";

        using var run = await ProgramRun.ToEndAsync($"--filter *RealHttps* *KestrelHttp.Shared --requests 5 --warmupCount 0 --iterationCount 1 --launchCount 1 --target {url}");

        Assert.Equal(ExitCode.CouldNotMeasure, run.ExitCode);
        Assert.Contains(run.Result().Rows, row => row.Status == RowStatus.Measured);
        AssertUnreachable(run, "connection refused", row => row.Target == TargetIds.Real);
        Assert.Equal($"could not measure: {url}: connection refused", run.Errors.Trim());
    }

    [Fact]
    [Fault("429 in the middle of a run", "the target is left alone at once")]
    public async Task A_target_that_says_429_in_the_middle_gets_no_further_request()
    {
        LongTests.SkipUnlessAsked();
        const int Answered = 7; // the first calls of each row, and a few of the first iteration
        var requests = 0;
        await using var app = await StartAsync(context => context.Response.StatusCode = Interlocked.Increment(ref requests) <= Answered ? 200 : 429);

        using var run = await ProgramRun.ToEndAsync($"{Small} --target {app.Urls.Single()}/");

        Assert.Equal(ExitCode.DoesNotHold, run.ExitCode);
        Assert.Equal(Answered + 1, requests);
        var rows = run.Result().Rows;
        var failed = Assert.Single(rows, row => row.Status == RowStatus.Failed); // whose turn it was
        Assert.Matches("^request [1-5] of 5: answered 429 Too Many Requests: the server refuses this traffic; stopped at once$", failed.Reason);
        Assert.All(rows.Where(row => row != failed), row => Assert.Equal(RowStatus.NotRun, row.Status));
        Assert.All(rows, row => Assert.Null(row.Median));
    }

    [Theory]
    [InlineData("timeit {0} --requests 5 --repeat 2 --sets 1", "shared", 5)]
    [LongTests.Row("--target {0} --filter *RealHttps* --requests 5", "shared", 5)]
    [Fault("a server that closes after each response, under `./run.sh {0}`", "reused nothing, the verdict on top, as many connections as requests; times, no ratio")]
    public async Task A_server_that_closes_after_each_response_is_measured_and_called_that(string arguments, string client, int requests)
    {
        await using var app = await StartAsync(context => context.Response.Headers.Connection = "close");

        using var run = await ProgramRun.ToEndAsync(arguments.Replace("{0}", $"{app.Urls.Single()}/", StringComparison.Ordinal));

        Assert.Equal(ExitCode.Done, run.ExitCode);
        var row = run.Result().Rows.Single(row => row.Client == client);
        Assert.Equal((RowStatus.Measured, true), (row.Status, row.ReusedNothing));
        Assert.Equal(requests, row.PerIteration(counts => counts.Opened));
        Assert.Equal($"reused nothing: {row.Counts!.Requests} connections for {row.Counts.Requests} requests", row.Reason);
        Assert.Equal(ReuseCause.ServerSaysClose, row.Verdict!.Cause);
        Assert.Contains($"- {client}: Not reused: the server closes after each response (Connection: close). Remedy: ", run.Output, StringComparison.Ordinal);
        Assert.Empty(run.Result().Ratios);
        Assert.DoesNotContain("instead, ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    [Fault("a server that closes after every third response", "how many calls a connection lasts, beside the times and the ratio")]
    public async Task A_server_with_a_cap_of_requests_is_measured_with_the_calls_a_connection()
    {
        LongTests.SkipUnlessAsked();
        const int Cap = 3;
        var calls = new ConcurrentDictionary<string, int>();
        await using var app = await StartAsync(context =>
        {
            if (calls.AddOrUpdate(context.Connection.Id, 1, (_, made) => made + 1) == Cap)
            {
                context.Response.Headers.Connection = "close";
            }
        });

        using var run = await ProgramRun.ToEndAsync($"timeit {app.Urls.Single()}/ --requests 6 --repeat 2");

        var shared = run.Result().Rows.Single(row => row.Client == "shared");
        Assert.Equal((RowStatus.Measured, false), (shared.Status, shared.ReusedNothing));
        Assert.Matches("^3 calls a connection: [0-9]+ opened in [0-9]+ requests$", shared.Reason);
        Assert.Equal(ReuseCause.RequestCap, shared.Verdict!.Cause);
        Assert.Single(run.Result().Ratios);
    }

    private static async Task<WebApplication> StartAsync(Action<HttpContext> respond)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        app.Run(context =>
        {
            respond(context);
            return context.Response.WriteAsync("x", context.RequestAborted);
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }

    private static void AssertUnreachable(ProgramRun run, string reason, Func<ResultRow, bool> which)
    {
        var status = ExchangeException.IsAnswer(reason) ? RowStatus.WrongAnswer : RowStatus.Unreachable;
        ResultRow[] rows = [.. run.Result().Rows.Where(which)];
        Assert.NotEmpty(rows);
        Assert.All(rows, row =>
        {
            Assert.Equal(status, row.Status);
            Assert.StartsWith(reason, row.Reason, StringComparison.Ordinal);
            Assert.Null(row.Median);
            Assert.Empty(row.Launches);
        });
        Assert.Contains($"{status.Words()}: {reason}", run.Output, StringComparison.Ordinal);
    }

    private static Uri WithSecrets(Uri uri) => new UriBuilder(uri) { UserName = "secret", Password = "secret", Query = "token=secret" }.Uri;

    private static int ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    // What SSL_CERT_FILE names, as a user behind a company's authority has it.
    private sealed class AuthorityFile : IDisposable
    {
        public AuthorityFile(TestCertificates certificates) =>
            File.WriteAllText(Path, certificates.Authority.ExportCertificatePem());

        public string Path { get; } = System.IO.Path.GetTempFileName();

        public void Dispose() => File.Delete(Path);
    }
}
