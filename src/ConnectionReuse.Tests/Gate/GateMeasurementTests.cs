using System.Globalization;
using ConnectionReuse.Bench.Gate;
using ConnectionReuse.Measuring;
using ConnectionReuse.Results;
using ConnectionReuse.Tests.Measuring;
using Xunit;

namespace ConnectionReuse.Tests.Gate;

/// <summary>A whole pass of the gate, without processes and sockets.</summary>
public sealed class GateMeasurementTests
{
    private const int SizingBatches = 3; // of each station
    private const int TurnsOfBalance = 12; // six cycles, there and back
    private static readonly double[] SecondsPerCall = [0.001, 0.00125, 0.002];

    private readonly List<(int Station, string Command)> _turns = [];
    private readonly FakeHost _host;

    public GateMeasurementTests() => _host = new FakeHost(station => new FakeStation(GateMeasurement.Builds[station], words => Answer(station, words)));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static Plan Timed => new() { Stations = GateMeasurement.Builds, Rows = GateRows.Of(["shared"]), Sets = 2, CountedSets = 1, Seed = 7, Budget = TimeSpan.FromMilliseconds(1) };

    private Task<GatePass> PassAsync(Plan plan, HeadChange? change = null) =>
        new GateMeasurement(_host, change ?? HeadChange.None, _ => { }, new PassingTime()).RunAsync(plan, Token);

    [Fact]
    public async Task Every_set_has_cycles_of_each_row_and_the_first_one_is_counted()
    {
        var pass = await PassAsync(Timed);

        Assert.Equal(["kestrel-http shared", "kestrel-https shared"], pass.Rows.Select(row => row.Name));
        Assert.All(pass.Rows, row => Assert.Equal(2, row.Sets.Count));
        Assert.All(pass.Rows.SelectMany(row => row.Sets), set =>
        {
            Assert.Equal(TurnsOfBalance / 2, set.Cycles.Count);
            Assert.All(set.Cycles, round => Assert.Equal(SecondsPerCall, new[] { round.Base, round.Control, round.Head }.Select(seconds => Math.Round(seconds, 9))));
            Assert.Equal(SecondsPerCall, set.CallTimes.Select(calls => Math.Round(calls.P50Seconds, 9)));
        });
        Assert.All(pass.Counts, row => Assert.Equal((1L, 2L, 3L), (Assert.Single(row.Sets).Base.AllocatedBytes, row.Sets[0].Control.AllocatedBytes, row.Sets[0].Head.AllocatedBytes)));
    }

    [Fact]
    public async Task Stations_take_equal_turns_of_equal_size_behind_a_lead_in()
    {
        await PassAsync(Timed);

        var turns = _turns.Where(turn => turn.Command.StartsWith("run ", StringComparison.Ordinal)).ToArray();
        var sizing = turns.Where(turn => turn.Command.EndsWith(" 1 20", StringComparison.Ordinal)).ToArray();
        Assert.All(Enumerable.Range(0, 3), station => Assert.Equal(4 * SizingBatches, sizing.Count(turn => turn.Station == station)));
        var timed = turns.Where(turn => !sizing.Contains(turn)).ToArray();
        Assert.All(timed, turn => Assert.EndsWith(" 1 3", turn.Command, StringComparison.Ordinal)); // 4 ms of the middle one's 1.25 ms, a tenth before them
        Assert.All(Enumerable.Range(0, 3), station => Assert.Equal(4 * TurnsOfBalance, timed.Count(turn => turn.Station == station)));
    }

    [Fact]
    public async Task Ports_are_looked_at_before_each_set_and_every_process_is_ended()
    {
        await PassAsync(Timed);

        Assert.Equal(["kestrel-http", "kestrel-https", "kestrel-http", "kestrel-https"], _host.Ports.Select(look => look.Target));
        Assert.Equal(2, _host.Sets.Count);
        Assert.All(_host.Sets.SelectMany(set => set), station => Assert.True(station.Ended));
        Assert.All(_host.Sets.SelectMany(set => set), station => Assert.Equal("warm", station.Asked[0]));
    }

    [Fact]
    public async Task The_same_seed_repeats_every_order()
    {
        await PassAsync(Timed);
        var first = _turns.ToArray();
        _turns.Clear();
        await PassAsync(Timed);

        Assert.Equal(first, _turns);
        _turns.Clear();
        await PassAsync(Timed with { Seed = 8 });
        Assert.NotEqual(first, _turns);
    }

    [Fact]
    public async Task One_row_of_head_can_be_slowed_down_alone()
    {
        await PassAsync(Timed, new HeadChange(Slowdown: 0.1, Row: Timed.Rows[1]));

        Assert.All(_turns.Where(turn => turn.Command.StartsWith("slow", StringComparison.Ordinal)), slow => Assert.Equal((2, "slow kestrel-https shared 125000"), slow)); // of what a call takes in a turn
        Assert.Equal(2, _turns.Count(turn => turn.Command.StartsWith("slow", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Counts_alone_take_no_turns()
    {
        var pass = await PassAsync(Timed with { Budget = null });

        Assert.Empty(pass.Rows);
        Assert.Equal(2, pass.Counts.Count);
        Assert.DoesNotContain(_turns, turn => turn.Command.StartsWith("run", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_station_that_dies_between_two_turns_ends_the_pass_by_its_name()
    {
        var answered = 0;
        var host = new FakeHost(station => new FakeStation(GateMeasurement.Builds[station], words => station == 2 && words[0] == "run" && ++answered > 3 ? null : Answer(station, words)));

        var gone = await Assert.ThrowsAsync<IOException>(() => new GateMeasurement(host, HeadChange.None, _ => { }, new PassingTime()).RunAsync(Timed, Token));

        Assert.StartsWith("head is gone: it ended before it answered 'run kestrel-http", gone.Message, StringComparison.Ordinal);
        Assert.All(host.Sets.Single(), station => Assert.True(station.Ended));
    }

    private string Answer(int station, string[] words)
    {
        _turns.Add((station, string.Join(' ', words)));
        return words[0] switch
        {
            "run" => FakeStation.Run(SecondsPerCall[station], int.Parse(words[4], CultureInfo.InvariantCulture)),
            "count" => $$"""count {"Counts":{"Requests":50,"Opened":0,"Accepted":0,"Carrying":1,"FullHandshakes":0,"ResumedHandshakes":0,"AllocatedBytes":{{station + 1}}},"Seconds":1,"CallSeconds":[]}""",
            _ => words[0],
        };
    }
}
