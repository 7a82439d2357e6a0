using System.Text.Json;
using ConnectionReuse.Bench.Timeit;
using ConnectionReuse.Clients;
using ConnectionReuse.Measuring;
using ConnectionReuse.Results;
using ConnectionReuse.Servers;
using ConnectionReuse.Tests.Faults;
using ConnectionReuse.Tests.Measuring;
using Xunit;

namespace ConnectionReuse.Tests.Timeit;

/// <summary>A whole <c>timeit</c>, without processes and sockets.</summary>
public sealed class TimeitTurnsTests
{
    private const int Requests = 20;
    private const int Sets = 3;

    private readonly List<(int Set, string Command)> _asked = [];
    private readonly List<TimeitEvent> _told = [];
    private readonly List<(string Target, int Connections)> _ports = [];
    private int _free = int.MaxValue;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static ServerReady Server { get; } = new(
        new Dictionary<string, Uri> { [TargetIds.KestrelHttp] = new("http://localhost:1/"), [TargetIds.KestrelHttps] = new("https://localhost:2/") }, ControlPort: 1, "no authority");

    private static TimeitPlan Plan { get; } = new()
    {
        Targets = [Target(TargetIds.KestrelHttps), Target(TargetIds.KestrelHttp)],
        WarmUp = Server,
        Requests = Requests,
        Repeat = 2,
        Sets = Sets,
        Seed = 5,
        Phases = true,
    };

    private static TimeitTarget Target(string id) => new(id, Server.Targets[id], ["fresh", "shared"], id) { Server = Server };

    private async Task<IReadOnlyList<ResultRow>> RowsAsync(TimeitPlan plan, Func<int, string[], string?>? answer = null)
    {
        var rows = Rows(plan);
        await using var stations = await StationSet.StartAsync(plan.Sets, set => new FakeStation($"set {set + 1}", words =>
        {
            _asked.Add((set, string.Join(' ', words)));
            return answer?.Invoke(set, words) ?? Answer(words);
        }), new Random(1));
        await new TimeitTurns(plan, stations, untimedCores: null, EnsurePortsAsync, told =>
        {
            _told.Add(told);
            rows.Add(told);
        }).RunAsync(Token);
        return rows.Rows();
    }

    private Task EnsurePortsAsync(TimeitTarget target, int connections, CancellationToken cancellationToken)
    {
        _ports.Add((target.Id, connections));
        return (_free -= connections) >= 0 ? Task.CompletedTask : throw new IOException("no free ports");
    }

    private static TimeitRows Rows(TimeitPlan plan) => new(plan, RowParameters.None);

    private static string Answer(string[] words)
    {
        if (words[0] == "phases")
        {
            return "failed nobody listens";
        }

        if (words[0] != "count")
        {
            return words[0];
        }

        var opened = ClientPatterns.All[words[2]].Reuses ? 0 : Requests;
        var counts = new Counts
        {
            Requests = Requests,
            Opened = opened,
            Accepted = opened,
            Carrying = Math.Max(1, opened),
            FullHandshakes = 0,
            ResumedHandshakes = words[1] == TargetIds.KestrelHttps ? opened : 0,
            AllocatedBytes = 1000,
            CompiledMethods = 0,
            WireBytes = 1,
        };
        var seconds = opened == 0 ? 0.002 : 0.02;
        return $"count {JsonSerializer.Serialize(new CountedBlock(counts, seconds, [.. Enumerable.Repeat(seconds / Requests, Requests)]) { HttpVersion = "1.1" }, StationJson.Default.CountedBlock)}";
    }

    [Fact]
    public async Task Every_row_has_its_blocks_from_every_set_and_a_ratio_over_the_sets()
    {
        var rows = await RowsAsync(Plan);

        Assert.Equal(
            [("kestrel-https", "fresh"), ("kestrel-https", "shared"), ("kestrel-http", "fresh"), ("kestrel-http", "shared")],
            rows.Select(row => (row.Target, row.Client)));
        Assert.All(rows, row =>
        {
            Assert.Equal(RowStatus.Measured, row.Status);
            Assert.Equal([1, 2, 3], row.Launches.Select(launch => launch.Round));
            var blocks = row.Client == "shared" ? 6 : 1; // a block of a reusing client is short
            Assert.All(row.Launches, launch => Assert.Equal((2, 2 * blocks), (launch.Turns, launch.IterationSeconds.Count)));
            Assert.Equal(Sets * 2 * blocks * Requests, row.CallTimes!.Calls);
        });
        Assert.Equal([10, 10], TimeitRows.RatiosOf(rows).Select(ratio => Math.Round(ratio.Value, 9)));
        Assert.All(TimeitRows.RatiosOf(rows), ratio => Assert.Equal(Sets, ratio.Rounds));
    }

    [Fact]
    public async Task Ports_are_free_before_the_warm_up_and_before_every_turn_that_spends_them()
    {
        await RowsAsync(Plan);

        Assert.Equal([("kestrel-https", Plan.WarmUpConnections), ("kestrel-http", Plan.WarmUpConnections)], _ports.Take(2));
        Assert.Equal(2 * Sets * Plan.Repeat, _ports.Count(port => port.Connections == Requests + (Requests / 10))); // of fresh on both targets
        Assert.Equal(2 * Sets * Plan.Repeat, _ports.Count(port => port.Connections == 1));
    }

    [Fact]
    [Fault("ports run out in the middle of `timeit`", "that ports ran out, and not that the target is unreachable; complete blocks stay; exit 4")]
    public async Task Ports_that_run_out_are_told_as_that()
    {
        _free = (2 * Plan.WarmUpConnections) + (3 * Requests);

        Assert.Equal("no free ports", (await Assert.ThrowsAsync<IOException>(() => RowsAsync(Plan))).Message);
        Assert.Contains(_told, told => told.Seconds is not null);
        Assert.DoesNotContain(_told, told => told.Unreachable is not null);
    }

    [Fact]
    public async Task Everybody_is_warm_before_the_first_turn_and_turns_go_there_and_back()
    {
        await RowsAsync(Plan);

        var first = _asked.FindIndex(asked => asked.Command.StartsWith("count", StringComparison.Ordinal));
        Assert.Equal(2 * Sets, _asked[..first].Count(asked => asked.Command.StartsWith("warm", StringComparison.Ordinal)));
        Assert.DoesNotContain(_asked[first..], asked => asked.Command.StartsWith("warm", StringComparison.Ordinal));
        (int, string Command)[] blocks = [.. _asked.Where(asked => asked.Command.StartsWith("count kestrel-https", StringComparison.Ordinal))];
        var reusing = 0;
        (int, string Command)[] turns = [.. blocks.Where(block => block.Command.Contains("fresh", StringComparison.Ordinal) || reusing++ % 6 == 0)];
        Assert.Equal(2 * 2 * Sets, turns.Length);
        Assert.Equal(turns, turns.Reverse());
        Assert.Equal(2 * Sets, turns[..(2 * Sets)].Distinct().Count());
        Assert.All(turns, turn => Assert.EndsWith($" 2 {Requests}", turn.Command, StringComparison.Ordinal)); // a tenth leads in
    }

    [Fact]
    public async Task The_same_seed_repeats_every_order()
    {
        await RowsAsync(Plan);
        var first = Turns();
        _asked.Clear();
        await RowsAsync(Plan);
        Assert.Equal(first, Turns());
        _asked.Clear();
        await RowsAsync(Plan with { Seed = 6 });
        Assert.NotEqual(first, Turns());

        (int, string)[] Turns() => [.. _asked.Where(asked => asked.Command.StartsWith("count", StringComparison.Ordinal))];
    }

    [Fact]
    [Fault("a target fails in the middle", "it is left alone, the next one is measured")]
    public async Task A_target_whose_block_fails_is_left_alone_and_the_next_one_is_called()
    {
        var rows = await RowsAsync(Plan, (set, words) => set == 1 && words is ["count", TargetIds.KestrelHttps, "shared", ..] ? "failed request 3 of 20: connection reset" : null);

        Assert.Equal((RowStatus.Failed, "request 3 of 20: connection reset"), (rows[1].Status, rows[1].Reason));
        Assert.Equal([RowStatus.Measured, RowStatus.Measured], rows.Skip(2).Select(row => row.Status));
        Assert.DoesNotContain(_asked, asked => asked.Command.StartsWith("phases kestrel-https", StringComparison.Ordinal));
        var failed = _asked.FindIndex(asked => asked is { Set: 1, Command: var command } && command.StartsWith("count kestrel-https shared", StringComparison.Ordinal));
        Assert.DoesNotContain(_asked[(failed + 1)..], asked => asked.Command.StartsWith("count kestrel-https", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("warm")]
    [InlineData("open")]
    public async Task A_target_that_does_not_answer_says_why_and_gets_no_block(string word)
    {
        var rows = await RowsAsync(Plan, (set, words) => set == 2 && words[0] == word && words[1] == TargetIds.KestrelHttp ? "failed connection refused" : null);

        Assert.All(rows.Skip(2), row => Assert.Equal((RowStatus.Unreachable, "connection refused"), (row.Status, row.Reason)));
        Assert.DoesNotContain(_asked, asked => asked.Command.StartsWith("count kestrel-http ", StringComparison.Ordinal));
        Assert.Equal([RowStatus.Measured, RowStatus.Measured], rows.Take(2).Select(row => row.Status));
    }

    private static TimeitPlan OwnUrl => Plan with
    {
        Targets = [Target(TargetIds.KestrelHttp), new TimeitTarget(TargetIds.Real, new Uri("https://your.host/"), ["fresh", "shared"], TargetIds.KestrelHttps)],
        Repeat = 1,
        FirstCalls = true,
    };

    [Fact]
    public async Task The_first_call_of_each_process_goes_to_the_users_url_before_anything_is_warm_and_is_a_figure_of_its_own()
    {
        var rows = await RowsAsync(OwnUrl, (set, words) => words[0] == "first" ? $"first 0.{set + 1}" : null);

        Assert.All(Enumerable.Range(0, Sets), set => Assert.Equal(["first https://your.host/ fresh", "warm kestrel-http"], _asked.Where(asked => asked.Set == set).Select(asked => asked.Command).Take(2)));
        Assert.Equal(Sets, _asked.FindIndex(asked => asked.Command.StartsWith("warm", StringComparison.Ordinal)));
        Assert.Equal([0.1, 0.2, 0.3], rows.Single(row => row is { Target: TargetIds.Real, Client: "fresh" }).Launches.Select(launch => launch.FirstCallSeconds!.Value));
        Assert.All(rows.Where(row => row is not { Target: TargetIds.Real, Client: "fresh" }).SelectMany(row => row.Launches), launch => Assert.Null(launch.FirstCallSeconds));
    }

    [Fact]
    [Fault("the first call of a process to the user's URL fails", "that it does, and why: it is called no more, nothing is warmed up for it, and the others are measured")]
    public async Task A_url_that_does_not_answer_the_first_call_gets_no_other()
    {
        var rows = await RowsAsync(OwnUrl, (_, words) => words[0] == "first" ? "failed connection refused" : null);

        Assert.All(rows.Where(row => row.Target == TargetIds.Real), row => Assert.Equal((RowStatus.Unreachable, "connection refused"), (row.Status, row.Reason)));
        Assert.Equal((0, "first https://your.host/ fresh"), Assert.Single(_asked, asked => asked.Command.Contains("your.host", StringComparison.Ordinal)));
        Assert.All(rows.Where(row => row.Target == TargetIds.KestrelHttp), row => Assert.Equal(RowStatus.Measured, row.Status));
    }

    [Fact]
    public async Task A_url_whose_fresh_client_is_not_asked_about_has_no_first_call()
    {
        await RowsAsync(OwnUrl with { Targets = [OwnUrl.Targets[1] with { Clients = ["shared"] }] });

        Assert.DoesNotContain(_asked, asked => asked.Command.StartsWith("first", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_an_answer_about_phases_the_times_stand()
    {
        var rows = await RowsAsync(Plan);

        Assert.All(rows.Where(row => row.Client == "fresh"), row => Assert.Equal("where its time goes is not known: nobody listens", row.Reason));
        Assert.All(rows, row => Assert.NotNull(row.Median));
    }

    [Fact]
    [Fault("a process of `timeit` dies", "which one; complete blocks stay; exit 4")]
    public async Task A_process_that_dies_ends_the_run_by_its_name_and_what_is_complete_stays()
    {
        var blocks = 0;

        var gone = await Assert.ThrowsAsync<IOException>(() => RowsAsync(Plan, (_, words) => words[0] == "count" && ++blocks > 5 ? throw new IOException("no more") : null));

        Assert.EndsWith("is gone: its process has ended", gone.Message, StringComparison.Ordinal);
        Assert.Equal(5, _told.Count(told => told.Seconds is not null));
    }

    [Fact]
    public async Task Blocks_that_are_missing_make_a_row_partial()
    {
        await RowsAsync(Plan);
        var rows = Rows(Plan);
        foreach (var told in _told.Where(told => told.Turn == 1))
        {
            rows.Add(told);
        }

        Assert.All(rows.Rows(), row => Assert.Equal((RowStatus.Partial, row.Client == "shared" ? "18 of 36 blocks" : "3 of 6 blocks"), (row.Status, row.Reason)));
    }

    [Fact]
    public async Task A_timed_connect_has_no_call_before_it_and_its_blocks_are_the_rounds()
    {
        await RowsAsync(Plan with { Targets = [Plan.Targets[0]], Sets = 1, Repeat = 4, ConnectIsTimed = true, Phases = false });

        Assert.Contains((0, "open kestrel-https one"), _asked);
        Assert.All(_asked.Where(asked => asked.Command.StartsWith("count", StringComparison.Ordinal)), asked => Assert.EndsWith($" 0 {Requests}", asked.Command, StringComparison.Ordinal));
        Assert.Equal([1, 2, 3, 4], _told.Where(told => told is { Client: "shared", Seconds: not null }).Select(told => told.Round));
    }
}
