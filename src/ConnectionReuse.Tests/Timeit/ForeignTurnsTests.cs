using System.Text.Json;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Bench.Timeit;
using ConnectionReuse.Clients;
using ConnectionReuse.Measuring;
using ConnectionReuse.Results;
using ConnectionReuse.Servers;
using ConnectionReuse.Targets;
using ConnectionReuse.Tests.Faults;
using ConnectionReuse.Tests.Measuring;
using Xunit;

namespace ConnectionReuse.Tests.Timeit;

/// <summary>The turns on somebody else's server, whose clock and whose limits are the test's.</summary>
public sealed class ForeignTurnsTests
{
    private const int Requests = 100;
    private const int Sets = 3;

    private static readonly Uri Url = new("http://your.host/");

    private readonly Dictionary<(int Set, string Client), Connection> _connections = [];
    private readonly Dictionary<string, int> _calls = [];
    private readonly List<double> _idle = [];
    private double _now;
    private double _secondsPerCall = 0.045;
    private double _secondsToConnect = 0.045;
    private double _idleLimit = 4; // what .NET keeps of 5 s
    private int? _announced;
    private double _pause;
    private int _cap = int.MaxValue;
    private int? _capOfFirst;

    private static ServerReady Server { get; } = new(new Dictionary<string, Uri> { [TargetIds.KestrelHttp] = new("http://localhost:1/") }, ControlPort: 1, "no authority");

    private static TimeitPlan Plan(params string[] clients) => new()
    {
        Targets = [new TimeitTarget(TargetIds.Real, Url, clients.Length > 0 ? clients : ["fresh", "shared"], TargetIds.KestrelHttp)],
        WarmUp = Server,
        Requests = Requests,
        Repeat = 1,
        Sets = Sets,
        Seed = 5,
    };

    [Fact]
    [Fault("45 ms an answer, 5 s announced, a fresh block of 9 s", "no connection idles away: clients take turns within the block; all calls count, and there is a ratio")]
    public async Task No_client_waits_longer_than_its_connection_is_kept()
    {
        var rows = await RowsAsync(Plan());

        Assert.All(rows, row => Assert.Equal((RowStatus.Measured, null), (row.Status, row.Reason)));
        Assert.All(_idle, idle => Assert.InRange(idle, 0, 1));
        Assert.Equal([Requests, 1], rows.Select(row => row.PerIteration(counts => counts.Carrying)));
        Assert.Equal([Requests, 0], rows.Select(row => row.PerIteration(counts => counts.Opened)));
        Assert.All(rows, row =>
        {
            Assert.Equal([1, 2, 3], row.Launches.Select(launch => launch.Round));
            Assert.Equal(Sets * Requests, row.CallTimes!.Calls);
        });
        Assert.Equal(0.045 * Requests, rows[1].Median!.Value, 9);
        Assert.Equal(2, Math.Round(Assert.Single(TimeitRows.RatiosOf(rows)).Value, 9));
        Assert.All(_calls, calls => Assert.InRange(calls.Value, Sets * Requests, Sets * (Requests + 2))); // one before, and one at first
    }

    [Fact]
    [Fault("a cap of 100 requests under blocks of 100", "the first block meets it, with its second connection; the others open theirs untimed; the cap, and a ratio")]
    public async Task A_block_in_which_the_server_closed_is_a_block_with_two_connections_and_the_last_of_its_kind()
    {
        (_cap, _secondsPerCall, _secondsToConnect) = (100, 0.001, 0.001);

        var rows = await RowsAsync(Plan());

        var shared = rows[1];
        Assert.Equal(
            (RowStatus.Measured, "100 calls a connection: 1 opened in 300 requests; the server closes after 100 requests: 2 of 3 blocks opened the next connection untimed"),
            (shared.Status, shared.Reason));
        Assert.Equal(2, shared.PerIteration(counts => counts.Carrying));
        Assert.Equal(Sets, shared.Launches.Count);
        Assert.Equal([0.1 + 0.001, 0.1, 0.1], shared.Launches.SelectMany(launch => launch.IterationSeconds).OrderDescending().Select(seconds => Math.Round(seconds, 9)));
        Assert.Single(TimeitRows.RatiosOf(rows));
        Assert.InRange(_calls["shared"], Sets * (Requests + 1), Sets * (Requests + 1 + RequestCap.MostCallsToRenew(Requests)));
    }

    [Fact]
    [Fault("connections that end for another reason, after 60 requests once", "two calls find out that it is no cap, and none is avoided")]
    public async Task What_is_no_cap_is_forgotten()
    {
        (_secondsPerCall, _secondsToConnect) = (0.001, 0.001);
        _capOfFirst = 60;

        var rows = await RowsAsync(Plan());

        Assert.Equal("60 calls a connection: 1 opened in 300 requests", rows[1].Reason);
        Assert.InRange(_calls["shared"], Sets * (Requests + 1), (Sets * (Requests + 1)) + RequestCap.CallsToRenew);
    }

    [Fact]
    [Fault("a cap of 7 requests", "7 calls a connection, and a ratio")]
    public async Task A_small_cap_is_told_exactly()
    {
        _cap = 7;

        var rows = await RowsAsync(Plan());

        Assert.StartsWith("7 calls a connection: ", rows[1].Reason, StringComparison.Ordinal);
        Assert.Single(TimeitRows.RatiosOf(rows));
    }

    [Fact]
    [Fault("a server that keeps no connection", "as many connections as calls, and no ratio")]
    public async Task What_reuses_nothing_has_times_and_no_ratio()
    {
        _cap = 1;

        var rows = await RowsAsync(Plan());

        Assert.Equal((RowStatus.Measured, "reused nothing: 300 connections for 300 requests"), (rows[1].Status, rows[1].Reason));
        Assert.NotNull(rows[1].Median);
        Assert.Empty(TimeitRows.RatiosOf(rows));
    }

    [Fact]
    [Fault("calls of 0.7 s by eight clients", "they go in groups, and no connection idles away")]
    public async Task Clients_that_are_too_many_for_one_round_go_in_groups()
    {
        _secondsPerCall = 0.7;

        var rows = await RowsAsync(Plan("fresh", "shared", "static", "message-invoker", "factory-named", "refit-shared", "restsharp-shared", "flurl-shared") with { Requests = 4 });

        Assert.All(rows.Where(row => row.Client != "fresh"), row => Assert.Equal((RowStatus.Measured, null, 0), (row.Status, row.Reason, row.PerIteration(counts => counts.Opened))));
        Assert.All(_calls, calls => Assert.InRange(calls.Value, Sets * 4, Sets * (4 + 2)));
    }

    [Fact]
    [Fault("calls of 1.2 s, 2 s announced, of which .NET keeps 1", "no client waits for another one's call: a connection is used as long as it is kept, and there is a ratio")]
    public async Task A_short_idle_time_that_is_announced_is_kept_clear_of()
    {
        (_secondsPerCall, _announced, _idleLimit) = (1.2, 2, 1);

        var rows = await RowsAsync(Plan() with { Requests = 4 });

        Assert.Equal((RowStatus.Measured, null, 0), (rows[1].Status, rows[1].Reason, rows[1].PerIteration(counts => counts.Opened)));
        Assert.Single(TimeitRows.RatiosOf(rows));
    }

    [Fact]
    [Fault("`--pause 3s` where connections are kept for 4 s", "a connection idles for the pause and nothing else: it is reused, and there is a ratio")]
    public async Task Where_the_user_asks_for_pauses_no_client_waits_for_another_besides()
    {
        _pause = 3;
        var plan = Plan() with { Requests = 6 };

        var rows = await RowsAsync(plan with { Targets = [plan.Targets[0] with { Request = new OwnRequest { Pause = TimeSpan.FromSeconds(_pause) } }] });

        Assert.Equal((RowStatus.Measured, null, 0), (rows[1].Status, rows[1].Reason, rows[1].PerIteration(counts => counts.Opened)));
        Assert.Equal(0.045 * 6, rows[1].Median!.Value, 9);
        Assert.Single(TimeitRows.RatiosOf(rows));
    }

    [Fact]
    [Fault("a call that fails in the middle of a URL's turns", "the target is left alone at once; whose call it was, and why the others have no time")]
    public async Task A_target_whose_call_fails_is_left_alone()
    {
        var asked = 0;

        var rows = await RowsAsync(Plan(), words => words[0] == "count" && ++asked == 6 ? "failed request 3 of 5: answered 429 Too Many Requests" : null);

        Assert.Equal(6, asked);
        var failed = Assert.Single(rows, row => row.Status == RowStatus.Failed);
        Assert.Equal("request 3 of 5: answered 429 Too Many Requests", failed.Reason);
        Assert.Equal((RowStatus.NotRun, $"the target is left alone since {failed.Client} failed"), rows.Where(row => row != failed).Select(row => (row.Status, row.Reason!)).Single());
    }

    [Theory]
    [InlineData("answered 404 Not Found", RowStatus.WrongAnswer)]
    [InlineData("connection refused", RowStatus.Unreachable)]
    public async Task A_target_that_answers_otherwise_is_not_called_unreachable(string reason, RowStatus status)
    {
        var rows = await RowsAsync(Plan(), words => words[0] == "open" ? $"failed {reason}" : null);

        Assert.All(rows, row => Assert.Equal((status, reason), (row.Status, row.Reason)));
        Assert.Empty(_calls);
    }

    [Fact]
    public async Task A_client_that_cannot_call_the_target_is_a_row_with_its_reason_and_makes_no_call()
    {
        var plan = Plan("fresh", "shared", "grpc-shared");

        var rows = await RowsAsync(plan with { Targets = [plan.Targets[0] with { Unsupported = new Dictionary<string, string> { ["grpc-shared"] = "no such service" } }] });

        Assert.Equal((RowStatus.Unsupported, "no such service"), (rows[2].Status, rows[2].Reason));
        Assert.Equal(["fresh", "shared"], _calls.Keys.Order());
    }

    [Fact]
    [Fault("a name whose first address refuses", "which one, and what each try cost, beside the rows that opened connections")]
    public async Task Tries_in_vain_are_told_as_what_they_are()
    {
        var plan = Plan();
        var tries = new FirstTry(System.Net.IPAddress.IPv6Loopback, "refused", TimeSpan.FromMilliseconds(0.25));

        var rows = await RowsAsync(plan with { Targets = [plan.Targets[0] with { FirstTries = [tries] }] });

        Assert.Equal("each of its connections first tried [::1]:80 (refused after 0.3 ms): your.host names more addresses than answer", rows[0].Reason);
        Assert.Null(rows[1].Reason); // it opened none while it was timed
    }

    private async Task<IReadOnlyList<ResultRow>> RowsAsync(TimeitPlan plan, Func<string[], string?>? answer = null)
    {
        var rows = new TimeitRows(plan, RowParameters.None);
        await using var stations = await StationSet.StartAsync(plan.Sets, set => new FakeStation($"set {set + 1}", words => answer?.Invoke(words) ?? Answer(set, words)), new Random(1));
        await new TimeitTurns(plan, stations, untimedCores: null, (_, _, _) => Task.CompletedTask, rows.Add).RunAsync(TestContext.Current.CancellationToken);
        return rows.Rows();
    }

    private string Answer(int set, string[] words)
    {
        if (words is not ["count", _, var client, _, var number])
        {
            return words[0];
        }

        var (calls, reuses) = (int.Parse(number, System.Globalization.CultureInfo.InvariantCulture), ClientPatterns.All[client].Reuses);
        var connection = _connections.TryGetValue((set, client), out var known) ? known : _connections[(set, client)] = new Connection();
        var (opened, carrying, seconds, ended) = (0, 0, 0.0, new List<int>());
        for (var call = 0; call < calls; call++)
        {
            _now += _pause;
            var idles = _now - connection.Last;
            if (!reuses || connection.Calls == 0 || idles > _idleLimit)
            {
                (connection.Calls, opened, seconds) = (0, opened + 1, seconds + _secondsToConnect);
            }
            else if (call == 0)
            {
                carrying++;
            }

            if (reuses && connection.Calls > 0)
            {
                _idle.Add(idles);
            }

            seconds += _secondsPerCall;
            connection.Calls++;
            _now += _secondsPerCall + (connection.Calls == 1 ? _secondsToConnect : 0);
            connection.Last = _now;
            if (connection.Calls == (reuses ? _capOfFirst ?? _cap : _cap))
            {
                ended.Add(connection.Calls);
                (connection.Calls, _capOfFirst) = (0, null);
            }
        }

        _calls[client] = _calls.GetValueOrDefault(client) + calls;
        var counts = new Counts { Requests = calls, Opened = opened, Carrying = carrying + opened, AllocatedBytes = 1, CompiledMethods = 0, WireBytes = 1 };
        var block = new CountedBlock(counts, seconds, [.. Enumerable.Repeat(seconds / calls, calls)]) { HttpVersion = "1.1", Ended = reuses ? ended : null, KeepAliveSeconds = _announced };
        return $"count {JsonSerializer.Serialize(block, StationJson.Default.CountedBlock)}";
    }

    private sealed class Connection
    {
        public int Calls { get; set; }

        public double Last { get; set; }
    }
}
