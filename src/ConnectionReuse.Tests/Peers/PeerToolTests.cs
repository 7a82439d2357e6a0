using System.Collections.Concurrent;
using System.Text;
using ConnectionReuse.Peers;
using ConnectionReuse.Processes;
using ConnectionReuse.Results;
using ConnectionReuse.Tests.EndToEnd;
using ConnectionReuse.Tests.Faults;
using ConnectionReuse.Tests.Servers;
using Xunit;

namespace ConnectionReuse.Tests.Peers;

public sealed class PeerToolTests(InstalledTools tools) : IClassFixture<InstalledTools>
{
    private const int Requests = 7;

    // With TLS and without, and each server once; the other way round once a week.
    public static TheoryData<string, string> RowsOnTargets =>
    [
        .. from row in InstalledTools.Rows
           from target in (string[])[TargetIds.KestrelHttps, TargetIds.WireMockHttp]
           select new TheoryDataRow<string, string>(row.Data, target),
        .. from row in InstalledTools.Rows
           from target in (string[])[TargetIds.KestrelHttp, TargetIds.WireMockHttps]
           select LongTests.Only(new TheoryDataRow<string, string>(row.Data, target)),
    ];

    [Theory]
    [MemberData(nameof(RowsOnTargets))]
    public async Task A_row_makes_its_requests_over_as_many_connections_as_it_says(string id, string targetId)
    {
        var (tool, row) = tools.Row(id);
        var before = tools.Control.Mark(targetId);
        var measured = await tool.RunAsync(row, tools.Url(targetId), Requests, tools.AuthorityFile, TestContext.Current.CancellationToken);
        var after = tools.Control.Mark(targetId);

        var opened = after.Accepted - before.Accepted;
        Assert.Equal(Requests, after.Requests - before.Requests);
        Assert.True(measured.Seconds > 0);
        if (measured.Connections is { } told)
        {
            Assert.Equal(opened, told);
        }

        if (id != "ab-keepalive") // whose HTTP/1.0 keeps a connection only behind a Content-Length: see below
        {
            Assert.Equal(row.Reuses ? 1 : Requests, opened);
        }
    }

    [Theory]
    [InlineData("Connection: keep-alive", 1)]
    [InlineData("Connection: close", Requests)]
    public async Task Ab_tells_whether_its_connection_was_kept(string header, int connections)
    {
        var (tool, row) = tools.Row("ab-keepalive");
        await using var server = new CannedServer(
            CannedServer.Response("200 OK", "kept", header), header.EndsWith("close", StringComparison.Ordinal) ? socket => socket.Close() : null);
        var measured = await tool.RunAsync(row, server.Uri, Requests, authorityFile: null, TestContext.Current.CancellationToken);
        Assert.Equal((connections, Requests), (measured.Connections, server.Requests.Count));
    }

    [Theory]
    [MemberData(nameof(InstalledTools.Ids), MemberType = typeof(InstalledTools))]
    public async Task A_tool_refuses_an_unknown_authority_if_it_says_that_it_checks(string id)
    {
        var tool = tools.Tool(id);
        var error = await Record.ExceptionAsync(() => tool.RunAsync(
            tool.Tool.Rows[0], tools.Url(TargetIds.KestrelHttps), 1, authorityFile: null, TestContext.Current.CancellationToken));
        if (tool.Tool.ChecksCertificates)
        {
            Assert.Contains("certificate", Assert.IsType<IOException>(error).Message, StringComparison.OrdinalIgnoreCase);
        }
        else
        {
            Assert.Null(error);
        }
    }

    [Theory]
    [MemberData(nameof(InstalledTools.Rows), MemberType = typeof(InstalledTools))]
    public async Task A_status_that_is_no_success_fails_the_row(string id)
    {
        await using var server = new CannedServer(CannedServer.Response("404 Not Found", "no"), socket => socket.Close());
        var message = await FailureAsync(id, server.Uri);
        Assert.Matches("status (404|not 2xx)|[1-9] 4xx", message);
    }

    [Theory]
    [MemberData(nameof(InstalledTools.Rows), MemberType = typeof(InstalledTools))]
    public async Task A_redirect_fails_the_row_and_is_not_followed(string id)
    {
        await using var server = new CannedServer(CannedServer.Response("302 Found", "no", "Location: /elsewhere"), socket => socket.Close());
        await FailureAsync(id, server.Uri);
        Assert.DoesNotContain(server.Requests, request => request.Contains("elsewhere", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(InstalledTools.Rows), MemberType = typeof(InstalledTools))]
    public async Task A_reset_connection_fails_the_row(string id)
    {
        await using var server = new CannedServer(string.Empty, CannedServer.Reset);
        await FailureAsync(id, server.Uri);
    }

    [Theory]
    [MemberData(nameof(InstalledTools.Rows), MemberType = typeof(InstalledTools))]
    public async Task A_failure_is_one_line_that_keeps_the_secrets_of_the_URL(string id)
    {
        Uri gone;
        await using (var server = new CannedServer(string.Empty))
        {
            gone = new UriBuilder(server.Uri) { UserName = "user", Password = "secret", Query = "token=secret" }.Uri;
        }

        var message = await FailureAsync(id, gone);
        Assert.StartsWith($"{id}: ", message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    [Theory]
    [MemberData(nameof(InstalledTools.Rows), MemberType = typeof(InstalledTools))]
    public async Task A_request_is_for_the_path_and_query_and_carries_no_password(string id)
    {
        var (tool, row) = tools.Row(id);
        await using var server = new CannedServer(CannedServer.Response("200 OK", "yes"), socket => socket.Close());
        var query = tool.Tool.HidesUrl ? "?q=\"$(id)\\n\"&x=%41" : "";
        var url = new UriBuilder(server.Uri) { UserName = "user", Password = "secret", Path = "/a[1-3]{b,c} 'd", Query = query, Fragment = "end" }.Uri;
        await tool.RunAsync(row, url, 1, authorityFile: null, TestContext.Current.CancellationToken);

        var request = Assert.Single(server.Requests);
        Assert.Equal(Uri.UnescapeDataString(url.PathAndQuery), Uri.UnescapeDataString(request.Split(' ')[1])); // Python writes %41 as A
        Assert.DoesNotContain("Authorization", request, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [MemberData(nameof(InstalledTools.Rows), MemberType = typeof(InstalledTools))]
    [Fault("a URL with a query for another tool (`{0}`)", "it is in no argument that `ps` shows; a tool that reads URLs from nowhere else does not get it")]
    public async Task A_query_is_in_no_argument_that_others_can_list(string id)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "reads /proc");
        var (tool, row) = tools.Row(id);
        var listed = new ConcurrentQueue<string>();
        await using var server = new CannedServer(string.Empty, socket =>
        {
            Array.ForEach(CommandLines(), listed.Enqueue); // while it waits for its answer
            socket.Send(Encoding.ASCII.GetBytes(CannedServer.Response("200 OK", "yes")));
            socket.Close();
        });
        var url = new UriBuilder(server.Uri) { UserName = "user", Password = "hidden-word", Query = "token=hidden-word" }.Uri;

        var error = await Record.ExceptionAsync(() => tool.RunAsync(row, url, 1, authorityFile: null, TestContext.Current.CancellationToken));

        if (tool.Tool.HidesUrl)
        {
            Assert.Null(error);
            Assert.Contains(listed, line => line.Contains(Path.GetFileName(tool.Program), StringComparison.Ordinal));
            Assert.DoesNotContain(listed, line => line.Contains("hidden-word", StringComparison.Ordinal));
        }
        else
        {
            Assert.Equal($"{id}: {tool.Tool.Id} takes a URL as an argument only, where every user of this machine could read its query: leave the query out", error?.Message);
            Assert.Empty(server.Requests);
        }
    }

    [Fact]
    public async Task The_rows_of_Python_run_the_statements_of_the_seed()
    {
        var python = tools.Tool("python-requests");
        Assert.Equal(["_ = requests.get(url)", "_ = session.get(url)"], python.Tool.Rows.Select(row => row.Statement));
        Assert.Matches(@"^\d+\.\d+\.\d+, Python 3\.\d+\.\d+$", python.Version);

        await using var server = new CannedServer(CannedServer.Response("200 OK", "yes"));
        await python.RunAsync(python.Tool.Rows[1], server.Uri, 2, authorityFile: null, TestContext.Current.CancellationToken);
        Assert.All(server.Requests, request => Assert.Contains("User-Agent: python-requests/", request, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_query_is_taken_out_of_what_a_tool_repeats()
    {
        var tool = new Repeating();
        var error = await Assert.ThrowsAsync<IOException>(() => new InstalledPeer(tool, "repeat", Version: null).RunAsync(
            tool.Rows[0], new Uri("http://localhost/wiki?token=secret"), 1, authorityFile: null, TestContext.Current.CancellationToken));
        Assert.Equal("repeat-fresh: no answer from http://localhost/wiki", error.Message);
    }

    [Fact]
    public async Task A_row_of_another_tool_is_refused()
    {
        var installed = new InstalledPeer(new Curl(), "curl", Version: null);
        await Assert.ThrowsAsync<ArgumentException>(() => installed.RunAsync(
            new Hey().Rows[0], tools.Url(TargetIds.KestrelHttp), 1, authorityFile: null, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Rows_are_named_once_and_fresh_comes_before_reused()
    {
        var rows = PeerTools.All.SelectMany(tool => tool.Rows).ToArray();
        Assert.Distinct(rows.Select(row => row.Id));
        Assert.All(PeerTools.All, tool => Assert.Equal(tool.Rows, tool.Rows.OrderBy(row => row.Reuses)));
    }

    private static string[] CommandLines()
    {
        return [.. Directory.EnumerateDirectories("/proc").Select(process => CommandLine(Path.Combine(process, "cmdline")))];

        static string CommandLine(string file)
        {
            try
            {
                return File.ReadAllText(file);
            }
            catch (IOException)
            {
                return string.Empty; // it has ended, or is no process
            }
        }
    }

    private async Task<string> FailureAsync(string id, Uri url)
    {
        var (tool, row) = tools.Row(id);
        var error = await Assert.ThrowsAsync<IOException>(() =>
            tool.RunAsync(row, url, 2, authorityFile: null, TestContext.Current.CancellationToken));
        return error.Message;
    }

    /// <summary>A tool that fails with the URL in its message.</summary>
    private sealed class Repeating : PeerTool
    {
        public override string Id => "repeat";

        public override string Package => "none";

        public override bool ChecksCertificates => false;

        public override bool HidesUrl => true;

        public override IReadOnlyList<PeerRow> Rows { get; } = [new("repeat-fresh", "repeat url", Reuses: false)];

        private protected override IReadOnlyList<string> Programs => [];

        private protected override IReadOnlyList<string> Introduction => [];

        private protected override InstalledPeer? Recognize(string program, ProcessOutput said) => null;

        internal override Task<PeerMeasurement> RunAsync(string program, PeerRow row, PeerBlock block, CancellationToken cancellationToken) =>
            throw new IOException($"no answer from {block.Url}");
    }
}
