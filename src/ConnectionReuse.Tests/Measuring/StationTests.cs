using ConnectionReuse.Bench.Gate;
using ConnectionReuse.Measuring;
using ConnectionReuse.Results;
using ConnectionReuse.Tests.Faults;
using ConnectionReuse.Turns;
using Xunit;

namespace ConnectionReuse.Tests.Measuring;

/// <summary>The stations' protocol with stations that do not keep to it.</summary>
public sealed class StationTests
{
    private static readonly StationRow Row = GateRows.Default[0];
    private static readonly StationSetup Setup = new() { Targets = new Dictionary<string, StationTarget>() };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static Station Saying(string output, TextWriter? input = null, string? complaint = null) =>
        new("head", new StringReader(output), input ?? new StringWriter(), TimeSpan.FromSeconds(30), TimeProvider.System) { Complaint = () => Task.FromResult(complaint) };

    private static async Task<string> ComplaintAsync(Func<Task> talk) => (await Assert.ThrowsAnyAsync<IOException>(talk)).Message;

    [Fact]
    public async Task A_station_is_told_its_setup_and_asked_for_turns()
    {
        var input = new StringWriter { NewLine = "\n" };
        var station = Saying("station 2 abc123\nwarm\nopen\nrun 0.003 1000000 2000000\ncount {\"Counts\":{\"Requests\":50,\"Opened\":1},\"Seconds\":0.5,\"CallSeconds\":[0.5]}\nslow\n", input);

        Assert.Equal("abc123", await station.GreetAsync(Setup, Token));
        await station.WarmAsync(Token);
        await station.OpenAsync("kestrel-http", connect: true, Token);
        var run = await station.RunAsync(Row, 1, 2, Token);
        var count = await station.CountAsync(Row, 0, 50, Token);
        await station.SlowAsync(Row, 2.5e-6, Token);

        Assert.Equal((0.003, 0.0015), (run.Seconds, run.SecondsPerCall));
        Assert.Equal([0.001, 0.002], run.CallSeconds.Select(seconds => Math.Round(seconds, 9)));
        Assert.Equal((new Counts { Requests = 50, Opened = 1 }, 0.5), (count.Counts, count.Seconds));
        Assert.Equal(
            ["warm", "open kestrel-http all", "run kestrel-http fresh 1 2", "count kestrel-http fresh 0 50", "slow kestrel-http fresh 2500"],
            input.ToString().TrimEnd().Split('\n').Skip(1));
    }

    [Fact]
    [Fault("a station dies", "who is gone, at what, and its last words; exit 4")]
    public async Task A_dead_station_is_named_with_what_it_was_asked() =>
        Assert.Equal("head is gone: it ended before it answered 'run kestrel-http fresh 1 10'; it said 'no memory'", await ComplaintAsync(() => Saying("", complaint: "no memory").RunAsync(Row, 1, 10, Token)));

    [Fact]
    [Fault("a station says nothing", "who did not answer what, and for how long; exit 4")]
    public async Task A_silent_station_is_not_waited_for_without_end()
    {
        var station = new Station("head", new Silent(), new StringWriter(), TimeSpan.FromMilliseconds(20), TimeProvider.System) { PatiencePerCall = TimeSpan.FromMilliseconds(1) };

        Assert.Equal("head did not answer 'warm' within 0 s", await ComplaintAsync(() => station.WarmAsync(Token)));
        Assert.Equal("head did not answer 'count kestrel-http fresh 0 5' within 0 s", await ComplaintAsync(() => station.CountAsync(Row, 0, 5, Token)));
    }

    [Theory]
    [InlineData("first 0.25", null)]
    [InlineData("first soon", "head said 'soon' where seconds should be")]
    [InlineData("first 0", "head said '0' where seconds should be")]
    [InlineData("first", "head said '' where seconds should be")]
    public async Task A_first_call_has_a_time(string line, string? complaint)
    {
        if (complaint is not null)
        {
            Assert.Equal(complaint, await ComplaintAsync(() => Saying(line + "\n").FirstAsync(Row, Token)));
            return;
        }

        Assert.Equal(0.25, await Saying(line + "\n").FirstAsync(Row, Token));
    }

    [Fact]
    public async Task Calls_that_were_not_timed_one_by_one_have_a_time_together()
    {
        var run = await Saying("run 0.006\n").RunAsync(Row, 1, 3, Token);

        Assert.Equal((0.006, 3, 0.002), (run.Seconds, run.Calls, Math.Round(run.SecondsPerCall, 9)));
        Assert.Empty(run.CallSeconds);
    }

    [Fact]
    public async Task An_interrupted_wait_is_no_complaint()
    {
        using var interrupted = new CancellationTokenSource();
        var station = new Station("head", new Silent(), new StringWriter(), TimeSpan.FromSeconds(30), TimeProvider.System);
        var waiting = station.WarmAsync(interrupted.Token);
        await interrupted.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Theory]
    [InlineData("Hello, world", "head said 'Hello, world' where run should be")]
    [InlineData("run", "head said '' where seconds should be")]
    [InlineData("run fast 1 1", "head said 'fast 1 1' where seconds should be")]
    [InlineData("run -1 1 1", "head said '-1 1 1' where seconds should be")]
    [InlineData("run NaN 1 1", "head said 'NaN 1 1' where seconds should be")]
    [InlineData("run 1 1", "head said '1 1' where seconds should be")]
    [InlineData("run 1 1 soon", "head said '1 1 soon' where seconds should be")]
    [InlineData("run \u001b[31mred", "head said '[31mred' where seconds should be")]
    [InlineData("count 1 2 3", "head said 'count 1 2 3' where run should be")]
    [InlineData("failed connection refused", "head failed at 'run kestrel-http fresh 1 2': connection refused")]
    [Fault("a station answers a request for times with {0}", "{1}; exit 4")]
    public async Task Garbage_on_the_line_is_quoted_and_never_a_time(string line, string complaint) =>
        Assert.Equal(complaint, await ComplaintAsync(() => Saying(line + "\n").RunAsync(Row, 1, 2, Token)));

    [Theory]
    [InlineData("count 1 2 3")]
    [InlineData("count null")]
    [InlineData("count {\"Counts\":{\"Requests\":\"many\"},\"Seconds\":1,\"CallSeconds\":[]}")]
    [InlineData("count {\"Counts\":{\"Requests\":99999999999999999999},\"Seconds\":1,\"CallSeconds\":[]}")]
    [Fault("a station answers a request for counts with {0}", "that counts should be there; exit 4")]
    public async Task Garbage_is_never_a_count(string line) =>
        Assert.EndsWith("where counts should be", await ComplaintAsync(() => Saying(line + "\n").CountAsync(Row, 0, 50, Token)), StringComparison.Ordinal);

    [Theory]
    [InlineData("station 3 abc", "head speaks version 3 of the stations' protocol, this program version 2: publish both builds from commits that agree")]
    [InlineData("Hello, world", "head is no station; it said 'Hello, world'")]
    [Fault("a station greets with {0}", "{1}; exit 4")]
    public async Task A_build_of_another_protocol_takes_no_part(string greeting, string complaint) =>
        Assert.Equal(complaint, await ComplaintAsync(() => Saying(greeting + "\n").GreetAsync(Setup, Token)));

    [Theory]
    [InlineData("station is not a verb or option", "head speaks an older version of the stations' protocol, this program version 2: publish both builds from commits that agree")]
    [InlineData("no such file", "head is gone: it ended before it answered its greeting; it said 'no such file'")]
    [Fault("a station ends and says {0}", "{1}; exit 4")]
    public async Task A_build_from_before_the_stations_is_told_from_one_that_does_not_run(string said, string complaint) =>
        Assert.Equal(complaint, await ComplaintAsync(() => Saying("", complaint: said).GreetAsync(Setup, Token)));

    [Theory]
    [InlineData(new byte[] { 0b11, 0 }, new byte[] { 0b01, 0 })]
    [InlineData(new byte[] { 0b100, 0b1 }, new byte[] { 0b100, 0 })]
    [InlineData(new byte[] { 0, 0b10 }, new byte[] { 0, 0b10 })]
    public void The_program_keeps_off_the_core_of_the_stations_where_there_is_another(byte[] all, byte[] rest) =>
        Assert.Equal(rest, Placement.WithoutLast(all));

    private sealed class Silent : TextReader
    {
        public override async ValueTask<string?> ReadLineAsync(CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return null;
        }
    }
}
