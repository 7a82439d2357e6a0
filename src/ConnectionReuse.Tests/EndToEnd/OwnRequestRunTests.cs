using System.Globalization;
using System.Text.RegularExpressions;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Results;
using ConnectionReuse.Tests.Faults;
using ConnectionReuse.Tests.Requests;
using ConnectionReuse.Tests.Servers;
using Xunit;

namespace ConnectionReuse.Tests.EndToEnd;

/// <summary>Runs of the program with a request of the user's own, against servers that write down what arrives.</summary>
[Collection(nameof(TheProgram))]
public sealed partial class OwnRequestRunTests
{
    private const string Secrets = "-H X-Key:$KEY -d a=$KEY --user me:$KEY --cookie s=$KEY";

    private static readonly (string Name, string Value) Key = ("KEY", "s3cret");

    [Theory]
    [InlineData("timeit {0}?q=s3cret --requests 3 --sets 1 --repeat 1 --yes " + Secrets)]
    [LongTests.Row("--target {0}?q=s3cret --filter *RealHttps.Shared --requests 3 --launchCount 1 --yes " + Secrets)]
    [Fault("secrets in headers, data, cookie, credentials and query, under `./run.sh {0}`", "sent with every call; no file and no message holds them")]
    public async Task Every_call_is_the_one_that_was_asked_for_and_no_file_holds_its_secrets(string arguments)
    {
        await using var server = new RecordingServer();

        using var run = await ProgramRun.ToEndAsync(arguments.Replace("{0}", server.Uri.AbsoluteUri, StringComparison.Ordinal), Key);

        Assert.True(run.ExitCode == ExitCode.Done, run.Output + run.Errors);
        Assert.All(run.Result().Rows, row => Assert.Equal(RowStatus.Measured, row.Status));
        Assert.All(server.Requests, request =>
        {
            Assert.Equal(("POST", "/?q=s3cret", "a=s3cret"), (request.Method, request.Path, request.Body));
            Assert.Equal(("s3cret", "s=s3cret", $"Basic {Convert.ToBase64String("me:s3cret"u8)}"), (request["X-Key"], request["Cookie"], request["Authorization"]));
            Assert.Equal("application/x-www-form-urlencoded", request["Content-Type"]);
            Assert.StartsWith("ConnectionReuse.Benchmarks/", request["User-Agent"], StringComparison.Ordinal);
        });
        var announced = Announced().Match(run.Output);
        Assert.InRange(server.Requests.Count, 1, int.Parse(announced.Groups["calls"].Value, CultureInfo.InvariantCulture) * int.Parse(announced.Groups["clients"].Value, CultureInfo.InvariantCulture));
        Assert.DoesNotContain(Key.Value, run.Output + run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToBase64String("me:s3cret"u8), run.Output + run.Errors, StringComparison.Ordinal);
        Assert.All(run.Folder.GetFiles("*", SearchOption.AllDirectories), file =>
        {
            Assert.DoesNotContain(Key.Value, File.ReadAllText(file.FullName), StringComparison.Ordinal);
            Assert.DoesNotContain(Convert.ToBase64String("me:s3cret"u8), File.ReadAllText(file.FullName), StringComparison.Ordinal);
        });
        Assert.Contains("X-Key:<hidden>", run.Result().Runs.Single().CommandLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pause_before_each_call_meets_the_idle_limit_of_a_server_and_an_expected_status_has_a_time()
    {
        LongTests.SkipUnlessAsked();
        await using var server = new RecordingServer(_ => CannedServer.Response("404 Not Found", "no"), idle: TimeSpan.FromMilliseconds(100));

        using var run = await ProgramRun.ToEndAsync($"timeit {server.Uri} --requests 3 --sets 1 --repeat 1 --pause 400ms --expect-status 404");

        Assert.True(run.ExitCode == ExitCode.Done, run.Output + run.Errors);
        var shared = run.Result().Rows.Single(row => row.Client == "shared");
        Assert.Equal((RowStatus.Measured, true), (shared.Status, shared.ReusedNothing));
        Assert.NotNull(shared.Median);
        Assert.Equal((ReuseCause.IdleLimit, true), (shared.Verdict?.Cause, shared.Verdict?.IsNotReused));
    }

    [Fact]
    public async Task A_transcript_shows_the_session_of_a_request_file_through_a_proxy()
    {
        LongTests.SkipUnlessAsked();
        await using var server = new RecordingServer();
        await using var proxy = new ProxyServer("me:s3cret");
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, $"@url = {server.Uri}\nOPTIONS {{{{url}}}}\nX-Key: {{{{$processEnv KEY}}}}\n", TestContext.Current.CancellationToken);

        using var run = ProgramRun.Start($"transcript --request {file} --requests 3 --proxy http://me:$KEY@127.0.0.1:{proxy.Port}", withFolder: false, Key);
        await run.EndAsync();

        File.Delete(file);
        Assert.True(run.ExitCode == ExitCode.Done, run.Output + run.Errors);
        Assert.Equal(13, proxy.Served.Count);
        Assert.All(server.Requests, request => Assert.Equal("OPTIONS", request.Method));
        Assert.Contains(">>> await client.SendAsync(request());", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(Key.Value, run.Output + run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_proxy_that_refuses_is_told_and_so_is_one_that_is_ignored()
    {
        LongTests.SkipUnlessAsked();
        await using var server = new RecordingServer();
        await using var proxy = new ProxyServer(refusal: "403 Forbidden");
        var (url, variable) = ("https://localhost:1/", ("https_proxy", $"http://127.0.0.1:{proxy.Port}"));

        using var through = await ProgramRun.ToEndAsync($"timeit {url} --requests 2 --sets 1 --proxy env", variable);
        using var past = ProgramRun.Start($"transcript {server.Uri} --requests 2", withFolder: false, ("http_proxy", $"http://127.0.0.1:{proxy.Port}"));
        await past.EndAsync();

        Assert.Equal((ExitCode.CouldNotMeasure, $"could not measure: {url}: the proxy 127.0.0.1:{proxy.Port} refuses: it answered 403 to CONNECT"), (through.ExitCode, through.Errors.Trim()));
        Assert.Equal((ExitCode.Done, "http_proxy is ignored: no proxy is used; --proxy env uses it, --proxy none says nothing of it"), (past.ExitCode, past.Errors.Trim()));
        Assert.Empty(proxy.Served);
    }

    [Theory]
    [InlineData("timeit {0} -d x --requests 10 --sets 3 --repeat 1", "POST may write, and would be sent up to 124 times: --yes sends it")]
    [InlineData("timeit {0} -k", "-k is refused: certificates are always validated; --cacert FILE names an authority to trust")]
    [InlineData("timeit {0} -H NoColon", "-H: a header needs a colon, as in 'Name: value'")]
    [InlineData("timeit {0} --peers -H A:b", "-H cannot be asked of other tools: leave out --peers")]
    [InlineData("timeit kestrel-http -X HEAD", "-X is for a URL: no URL is called here, and local targets get the request that they answer")]
    [InlineData("timeit --documented --follow", "--follow is for a URL: no URL is called here, and local targets get the request that they answer")]
    [InlineData("--offline -X HEAD", "-X is for a URL: --offline calls none")]
    [InlineData("-X HEAD --filter *RealHttps*", "-X is for a URL of yours: --target URL names it")]
    [InlineData("--target {0} --pause 1s", "--pause is for timeit: BenchmarkDotNet would time the pauses with the calls")]
    public async Task What_is_not_to_be_sent_is_refused_before_any_call(string arguments, string line)
    {
        await using var server = new RecordingServer();

        Assert.Equal(line, await RootRun.RefusalAsync(arguments.Replace("{0}", server.Uri.AbsoluteUri, StringComparison.Ordinal)));
        Assert.Empty(server.Requests);
    }

    // Known when the local servers run, which a process of the program starts.
    [Fact]
    public async Task A_comparison_that_may_write_is_refused_before_any_call()
    {
        await using var server = new RecordingServer();

        using var run = await ProgramRun.ToEndAsync($"--target {server.Uri} -X PUT --filter *RealHttps* --requests 4");

        Assert.Equal((ExitCode.WrongUse, "PUT may write, and would be sent up to 61 times: --yes sends it"), (run.ExitCode, run.Errors.Trim()));
        Assert.Empty(server.Requests);
        Assert.Empty(run.Folder.GetFileSystemInfos());
    }

    [GeneratedRegex("will get up to (?<calls>[0-9]+) POST requests from each of (?<clients>[0-9]+) clients")]
    private static partial Regex Announced();
}
