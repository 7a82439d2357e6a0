using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Connections;
using ConnectionReuse.Results;
using ConnectionReuse.Tests.Faults;
using ConnectionReuse.Tests.Servers;
using Xunit;

namespace ConnectionReuse.Tests.EndToEnd;

[Collection(nameof(TheProgramBeside))]
public sealed partial class ServeTests
{
    [Fact]
    public async Task A_server_started_apart_is_timed_and_counted_like_one_beside_and_tells_its_totals_when_it_ends()
    {
        LongTests.SkipUnlessAsked();
        Assert.SkipUnless(OperatingSystem.IsLinux(), "signals are sent with kill");
        using var server = await ServedProgram.StartAsync("kestrel-http kestrel-https");
        Assert.Equal(
            ["kestrel-http", "kestrel-https", "trust", "Ready"],
            server.Run.Output.Split('\n').Select(line => line.Split(' ')[0]));
        Assert.EndsWith($"--server localhost:{server.Port}. Ctrl-C ends it.", server.Run.Output, StringComparison.Ordinal);

        using var run = await ProgramRun.ToEndAsync($"timeit --full --number 5 --repeat 3 --sets 1 --server localhost:{server.Port}", ServedProgram.Secret);

        Assert.True(run.ExitCode == ExitCode.Done, run.Output + run.Errors);
        Assert.Contains($"localhost:{server.Port} is ", run.Output, StringComparison.Ordinal);
        var result = run.Result();
        Assert.Equal(
            [("kestrel-http", "fresh"), ("kestrel-http", "shared"), ("kestrel-https", "fresh"), ("kestrel-https", "fresh-full"), ("kestrel-https", "shared")],
            result.Rows.Select(row => (row.Target, row.Client)));
        Assert.All(result.Rows, row =>
        {
            Assert.Equal(RowStatus.Measured, row.Status);
            Assert.Equal(row.Counts!.Opened, row.Counts.Accepted);
            Assert.Equal(row.Client == "shared" ? 1 : 5, row.PerIteration(counts => counts.Carrying));
        });
        Assert.Equal((0, 5), (result.Rows[3].PerIteration(counts => counts.ResumedHandshakes), result.Rows[3].PerIteration(counts => counts.FullHandshakes)));
        Assert.Contains("--server <server>", result.Runs[0].CommandLine, StringComparison.Ordinal);

        await server.EndAsync();

        Assert.Equal((ExitCode.Done, ""), (server.Run.ExitCode, server.Run.Errors));
        var totals = Totals().Matches(server.Run.Output);
        Assert.Equal(["kestrel-http", "kestrel-https"], totals.Select(total => total.Groups[1].Value));
        Assert.All(totals, total => Assert.True(Number(total, 2) >= result.Rows.Where(row => row.Target == total.Groups[1].Value).Sum(row => row.Counts!.Accepted), server.Run.Output));
        Assert.Equal(Number(totals[1], 2), Number(totals[1], 4) + Number(totals[1], 5));
    }

    [Fact]
    [Fault("a server that nobody has come to for as long as `--idle` says", "it ends with its totals; exit 0")]
    public async Task A_server_that_nobody_comes_to_ends_with_its_totals()
    {
        using var server = await ServedProgram.StartAsync([], "kestrel-http", "--idle 3s", FreeBlock.First());

        await server.Run.EndAsync();

        Assert.Equal((ExitCode.Done, ""), (server.Run.ExitCode, server.Run.Errors));
        Assert.Contains("Nobody has come for 3.00 s: it ends.\n", server.Run.Output, StringComparison.Ordinal);
        Assert.Equal("0", Assert.Single(Totals().Matches(server.Run.Output)).Groups[2].Value);
    }

    [Fact]
    [Fault("a server that another machine's client uses dies in the middle of a run", "that it does not answer any more; nothing is kept; exit 4")]
    [Fault("a second client during a run", "that another client has the turn; exit 4")]
    public async Task A_second_client_is_sent_away_and_a_server_that_dies_leaves_no_result()
    {
        LongTests.SkipUnlessAsked();
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the server is found in /proc");
        using var server = await ServedProgram.StartAsync("kestrel-http");
        using var run = ProgramRun.Start($"timeit --number 20 --repeat 1000 --server localhost:{server.Port}", ServedProgram.Secret);
        await run.UntilToldAsync("so far");

        using var second = await ProgramRun.ToEndAsync($"timeit --server localhost:{server.Port}", ServedProgram.Secret);
        await ServedProgram.SendAsync("KILL", server.Server());
        await run.EndAsync();

        Assert.Equal(ExitCode.CouldNotMeasure, second.ExitCode);
        Assert.Equal($"could not measure: localhost:{server.Port} serves another client: two at once would mix their counts, so wait for its end", second.Errors.Trim());
        Assert.Equal(ExitCode.CouldNotMeasure, run.ExitCode);
        Assert.Equal($"could not measure: localhost:{server.Port} does not answer any more: its server has ended, or the way there is cut", run.Errors.Trim());
        Assert.Empty(run.Folder.GetFileSystemInfos());
        await server.Run.EndAsync();
        Assert.Equal(ExitCode.CouldNotMeasure, server.Run.ExitCode);
    }

    [Fact]
    [Fault("`--server` of a server that does not run", "that it refuses connections, and how one is started; exit 4")]
    [Fault("a wrong CONNECTION_REUSE_TOKEN", "that it is not the server's; exit 2")]
    [Fault("a target that the server elsewhere does not serve", "those that it serves; exit 2")]
    public async Task A_server_that_is_not_the_one_that_is_meant_leaves_no_result()
    {
        using var server = await ServedProgram.StartAsync("kestrel-http");
        (string Arguments, string Token, ExitCode Exit, string Line)[] wrong =
        [
            ($"timeit --server localhost:{server.Port}", "another", ExitCode.WrongUse, $"localhost:{server.Port} has another token than this program's CONNECTION_REUSE_TOKEN"),
            ($"timeit wiremock-http --server localhost:{server.Port}", ServedProgram.Secret.Value, ExitCode.WrongUse, $"localhost:{server.Port} serves kestrel-http, not wiremock-http: ./run.sh serve wiremock-http serves it there"),
            ($"timeit --server localhost:{server.Port + 7}", ServedProgram.Secret.Value, ExitCode.CouldNotMeasure, $"could not measure: localhost:{server.Port + 7} refuses connections: ./run.sh serve starts a server there"),
        ];
        foreach (var (arguments, token, exit, line) in wrong)
        {
            using var run = await ProgramRun.ToEndAsync(arguments, (ServedProgram.Secret.Name, token));

            Assert.Equal((exit, line), (run.ExitCode, run.Errors.Trim()));
            Assert.Empty(run.Folder.GetFileSystemInfos());
        }
    }

    [Fact]
    public async Task The_comparison_calls_it_too_with_its_floors_and_says_what_it_cannot_have()
    {
        LongTests.SkipUnlessAsked();
        using var server = await ServedProgram.StartAsync("kestrel-https");
        using var run = await ProgramRun.ToEndAsync(
            $"--server localhost:{server.Port} --filter *.KestrelHttps.* *.WireMockHttp.Shared *EmulatedLink*Shared* *Exhaustion*Shared* --number 5 --launchCount 1 --iterationCount 2 --warmupCount 1", ServedProgram.Secret);

        Assert.True(run.ExitCode == ExitCode.Done, run.Output + run.Errors);
        var rows = run.Result().Rows;
        Assert.Equal(
            ["fresh", "fresh-full", "shared", "floor-fresh", "floor-fresh-full", "floor-shared"],
            rows.Where(row => row.Status == RowStatus.Measured).Select(row => row.Client));
        Assert.All(rows.Where(row => row.Status == RowStatus.Measured), row => Assert.Equal(row.Counts!.Opened, row.Counts.Accepted));
        Assert.Equal(
            [
                (null, "the server was not started with it: ./run.sh serve wiremock-http serves it"),
                ("EmulatedLink", "a link is emulated before servers of the same machine: two machines have a network of their own"),
                ("Exhaustion", "ports run out in a network namespace of one machine"),
            ],
            rows.Where(row => row.Status == RowStatus.Unsupported).Select(row => (row.Parameters.Class, row.Reason)).Distinct());
        Assert.DoesNotContain(rows, row => row.Status is not (RowStatus.Measured or RowStatus.Unsupported));
    }

    [Fact]
    [Fault("a server that a comparison on another machine uses dies in the middle of it", "that it does not answer any more; nothing is kept; exit 4")]
    public async Task A_comparison_whose_server_dies_leaves_no_result()
    {
        LongTests.SkipUnlessAsked();
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the server is found in /proc");
        using var server = await ServedProgram.StartAsync("kestrel-http");
        using var run = ProgramRun.Start($"--server localhost:{server.Port} --filter *.KestrelHttp.Shared --number 5 --launchCount 100 --iterationCount 2 --warmupCount 1", ServedProgram.Secret);
        await run.UntilToldAsync("round 3 of 100");

        await ServedProgram.SendAsync("KILL", server.Server());
        await run.EndAsync();

        Assert.Equal(ExitCode.CouldNotMeasure, run.ExitCode);
        Assert.Equal($"could not measure: localhost:{server.Port} does not answer any more: its server has ended, or the way there is cut", run.Errors.Trim());
        Assert.Empty(run.Folder.GetFileSystemInfos());
    }

    [Fact]
    public async Task A_check_calls_it_too()
    {
        LongTests.SkipUnlessAsked();
        using var server = await ServedProgram.StartAsync("kestrel-http kestrel-https");
        using var run = ProgramRun.Start($"check harness --launches 6 --requests 5 --server localhost:{server.Port}", withFolder: false, ServedProgram.Secret);
        await run.EndAsync();

        Assert.Contains(run.ExitCode, (ExitCode[])[ExitCode.Done, ExitCode.DoesNotHold]); // so few calls show no more than that it is measured
        Assert.Equal(["kestrel-http shared", "kestrel-https shared"], run.Output.Split('\n').Where(line => line.Contains(" shared", StringComparison.Ordinal)).Select(line => line[..(line.IndexOf(" shared", StringComparison.Ordinal) + " shared".Length)]));
    }

    [Fact]
    [Fault("`--server` of a server that is of another commit", "both commits; exit 2")]
    public async Task A_server_of_another_commit_leaves_no_result()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var greeting = GreetAsync(listener, ControlProtocol.Greeting("0123456789abcdef", ControlProtocol.NewNonce()));

        using var run = await ProgramRun.ToEndAsync($"timeit --server localhost:{port}", ServedProgram.Secret);
        await greeting;

        Assert.Equal(ExitCode.WrongUse, run.ExitCode);
        Assert.Matches($"^localhost:{port} is of commit 0123456789, this program of [0-9a-z]+: both ends must be built from one commit$", run.Errors.Trim());
        Assert.Empty(run.Folder.GetFileSystemInfos());
    }

    [Fact]
    [Fault("`./run.sh serve --allow` on loopback, whose name leads to ::1 first", "nothing: both addresses of loopback may come")]
    public async Task On_loopback_both_of_its_addresses_may_come_whoever_else_may()
    {
        LongTests.SkipUnlessAsked();
        using var server = await ServedProgram.StartAsync([], "kestrel-http", "--allow 10.0.0.1", FreeBlock.First());

        using var run = await ProgramRun.ToEndAsync($"timeit --number 5 --repeat 1 --server localhost:{server.Port}", ServedProgram.Secret);

        Assert.True(run.ExitCode == ExitCode.Done, run.Output + run.Errors);
        Assert.All(run.Result().Rows, row => Assert.Null(row.Reason)); // nobody was tried in vain
    }

    [Fact]
    public async Task Nothing_of_it_listens_anywhere_but_at_its_one_address()
    {
        LongTests.SkipUnlessAsked();
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs /proc, and the further addresses of loopback");
        using var server = await ServedProgram.StartAsync([], "wiremock-http wiremock-https kestrel-http kestrel-https", "--bind 127.0.0.5 --host reuse-server", Servers.FreeBlock.First());

        var listening = new[] { server.Run.ProcessId, server.Server() }.SelectMany(Listening).Order(StringComparer.Ordinal);

        Assert.Equal(Enumerable.Range(server.Port, 5).Select(port => $"127.0.0.5:{port}"), listening);
    }

    private static async Task GreetAsync(TcpListener listener, string greeting)
    {
        using var client = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        await using var stream = client.GetStream();
        await stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(greeting + "\n"), TestContext.Current.CancellationToken);
        await stream.ReadExactlyAsync(new byte[1], TestContext.Current.CancellationToken).AsTask().ContinueWith(_ => { }, TaskScheduler.Default); // until the client has heard enough
    }

    // By the sockets that a process has open, and what the kernel says of them.
    private static IEnumerable<string> Listening(int process)
    {
        const string Listen = "0A";
        var own = new DirectoryInfo($"/proc/{process}/fd").GetFileSystemInfos().Select(file => file.LinkTarget).OfType<string>()
            .Where(link => link.StartsWith("socket:[", StringComparison.Ordinal)).Select(link => link["socket:[".Length..^1]).ToHashSet();
        return
            from file in (string[])["tcp", "tcp6"]
            from line in File.ReadLines($"/proc/{process}/net/{file}").Skip(1)
            let words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            where words[3] == Listen && own.Contains(words[9])
            let local = words[1].Split(':')
            select new IPEndPoint(new IPAddress([.. Convert.FromHexString(local[0]).Chunk(4).SelectMany(word => word.Reverse())]), int.Parse(local[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString();
    }

    private static long Number(Match match, int group) => long.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(\S+) +(\d+) connections, (\d+) requests(?:, (\d+) full and (\d+) resumed TLS handshakes)?$", RegexOptions.Multiline)]
    private static partial Regex Totals();
}
