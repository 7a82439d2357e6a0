using ConnectionReuse.Bench.Timeit;
using ConnectionReuse.Peers;
using ConnectionReuse.Results;
using ConnectionReuse.Servers;
using ConnectionReuse.Tests.EndToEnd;
using ConnectionReuse.Tests.Servers;
using Spectre.Console;
using Xunit;

namespace ConnectionReuse.Tests.Timeit;

public sealed class PeerRunsTests
{
    private const int Requests = 3;
    private static readonly string[] Fresh = ["fresh"];

    [Fact]
    public async Task Somebody_elses_server_that_refuses_one_tool_is_asked_by_no_other()
    {
        await using var server = new CannedServer(CannedServer.Response("503 Service Unavailable", ""));

        var rows = await RunAsync(server.Uri, RowStatus.Measured);

        var asked = rows.Where(row => row.Status != RowStatus.Unsupported).ToArray();
        var failed = Assert.Single(asked, row => row.Status == RowStatus.Failed);
        Assert.All(asked.Where(row => row != failed), row => Assert.Equal(
            (RowStatus.NotRun, $"the target is left alone since {failed.Client} failed"), (row.Status, row.Reason)));
        Assert.InRange(server.Requests.Count, 1, Requests);
    }

    [Fact]
    public async Task A_server_that_did_not_answer_us_is_asked_by_no_tool()
    {
        await using var server = new CannedServer(CannedServer.Response("200 OK", ""));

        var rows = await RunAsync(server.Uri, RowStatus.Unreachable);

        Assert.All(rows.Where(row => row.Status != RowStatus.Unsupported), row => Assert.Equal(
            (RowStatus.NotRun, "the target did not answer our own calls"), (row.Status, row.Reason)));
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_tool_that_would_show_the_query_to_everybody_has_rows_that_say_so()
    {
        LongTests.SkipUnlessAsked();
        await using var server = new CannedServer(CannedServer.Response("200 OK", ""), socket => socket.Close());

        var rows = await RunAsync(new UriBuilder(server.Uri) { Query = "token=1" }.Uri, RowStatus.Measured);

        var open = PeerTools.All.Where(tool => !tool.HidesUrl).SelectMany(tool => tool.Rows).Select(row => row.Id).ToHashSet();
        Assert.All(rows.Where(row => open.Contains(row.Client)), row => Assert.Equal(RowStatus.Unsupported, row.Status));
        Assert.All(rows.Where(row => open.Contains(row.Client) && !row.Reason!.Contains("not installed", StringComparison.Ordinal)), row => Assert.EndsWith("leave the query out", row.Reason, StringComparison.Ordinal));
        Assert.All(server.Requests, request => Assert.Contains("?token=1", request, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_that_answers_us_and_keeps_no_connection_is_asked_by_every_tool()
    {
        await using var server = new CannedServer(CannedServer.Response("200 OK", "x", "Connection: close"), socket => socket.Close());

        var rows = await RunAsync(server.Uri, RowStatus.Measured);

        Assert.DoesNotContain(rows, row => row.Reason == "the target did not answer our own calls");
        Assert.NotEmpty(server.Requests);
    }

    private static async Task<IReadOnlyList<ResultRow>> RunAsync(Uri url, RowStatus ofOurCalls)
    {
        Assert.SkipUnless(await AnyInstalledAsync(), $"none of {string.Join(", ", PeerTools.All.Select(tool => tool.Id))} is installed");
        var plan = new TimeitPlan
        {
            Targets = [new TimeitTarget(TargetIds.Real, url, Fresh, TargetIds.KestrelHttp)],
            WarmUp = new ServerReady(new Dictionary<string, Uri>(), ControlPort: 0, AuthorityPem: ""),
            Requests = Requests,
            Repeat = 2,
            Seed = 1,
        };
        var own = new ResultRow
        {
            Target = TargetIds.Real,
            Url = PublicUrl.Of(url),
            Client = Fresh[0],
            Declared = new Declaration { Statement = "call()", Reuses = false },
            Method = Method.Timeit,
            Status = ofOurCalls,
            Requests = Requests,
            Launches = ofOurCalls == RowStatus.Measured ? [new Launch(1, [1.0])] : [],
        };
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(TextWriter.Null), Interactive = InteractionSupport.No });
        var peers = new PeerRuns(plan, [own], console, TimeProvider.System, begun: 0);
        Assert.False(await peers.RunAsync(TestContext.Current.CancellationToken));
        return peers.Rows;
    }

    private static async Task<bool> AnyInstalledAsync()
    {
        foreach (var tool in PeerTools.All)
        {
            if (await tool.FindAsync(TestContext.Current.CancellationToken) is not null)
            {
                return true;
            }
        }

        return false;
    }
}
