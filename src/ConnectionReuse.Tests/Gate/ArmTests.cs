using ConnectionReuse.Bench.Gate;
using Xunit;

namespace ConnectionReuse.Tests.Gate;

/// <summary>The lock-step protocol with clients that do not keep to it.</summary>
public sealed class ArmTests
{
    private static readonly GateKey Row = GateKey.Default[0];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static Arm Saying(string output, TextWriter? input = null) =>
        new("head", new StringReader(output), input ?? new StringWriter(), TimeSpan.FromSeconds(30), TimeProvider.System);

    private static async Task<string> ComplaintAsync(Func<Task> talk) => (await Assert.ThrowsAnyAsync<IOException>(talk)).Message;

    [Fact]
    public async Task A_client_is_told_its_setup_and_asked_for_batches()
    {
        var input = new StringWriter { NewLine = "\n" };
        var arm = Saying("gate 1 abc123\nwarm\nrun 0.5\ncount 50 50 50 50 0 50 123456\nslow\n", input);

        Assert.Equal("abc123", await arm.GreetAsync("{}", Token));
        await arm.WarmAsync(Token);
        Assert.Equal(0.005, await arm.RunAsync(Row, 2, 100, Token));
        Assert.Equal(new(50, 50, 50, 50, 0, 50, 123456), await arm.CountAsync(Row, 50, Token));
        await arm.SlowAsync(Row, 2.5e-6, Token);
        Assert.Equal("{}\nwarm\nrun kestrel-http fresh 2 100\ncount kestrel-http fresh 50\nslow kestrel-http fresh 2500\n", input.ToString());
    }

    [Fact]
    public async Task A_dead_client_is_named_with_what_it_was_asked() =>
        Assert.Equal("head is gone: it ended before it answered 'run kestrel-http fresh 1 10'", await ComplaintAsync(() => Saying("").RunAsync(Row, 1, 10, Token)));

    [Fact]
    public async Task A_silent_client_is_not_waited_for_without_end()
    {
        var arm = new Arm("head", new Silent(), new StringWriter(), TimeSpan.FromMilliseconds(20), TimeProvider.System);

        Assert.Equal("head did not answer 'warm' within 0 s", await ComplaintAsync(() => arm.WarmAsync(Token)));
    }

    [Fact]
    public async Task An_interrupted_wait_is_no_complaint()
    {
        using var interrupted = new CancellationTokenSource();
        var arm = new Arm("head", new Silent(), new StringWriter(), TimeSpan.FromSeconds(30), TimeProvider.System);
        var waiting = arm.WarmAsync(interrupted.Token);
        await interrupted.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Theory]
    [InlineData("Hello, world", "head said 'Hello, world' where run should be")]
    [InlineData("run", "head said '' where seconds should be")]
    [InlineData("run fast", "head said 'fast' where seconds should be")]
    [InlineData("run -1", "head said '-1' where seconds should be")]
    [InlineData("run NaN", "head said 'NaN' where seconds should be")]
    [InlineData("run \u001b[31mred", "head said '[31mred' where seconds should be")]
    [InlineData("count 1 2 3", "head said 'count 1 2 3' where run should be")]
    [InlineData("failed connection refused", "head failed at 'run kestrel-http fresh 1 10': connection refused")]
    public async Task Garbage_on_the_line_is_quoted_and_never_a_time(string line, string complaint) =>
        Assert.Equal(complaint, await ComplaintAsync(() => Saying(line + "\n").RunAsync(Row, 1, 10, Token)));

    [Theory]
    [InlineData("count 1 2 3")]
    [InlineData("count 0 0 0 0 0 0 0")]
    [InlineData("count a b c d e f g")]
    [InlineData("count 99999999999999999999 1 1 1 1 1 1")]
    public async Task Garbage_is_never_a_count(string line) =>
        Assert.EndsWith("where counts should be", await ComplaintAsync(() => Saying(line + "\n").CountAsync(Row, 50, Token)), StringComparison.Ordinal);

    [Theory]
    [InlineData("gate 2 abc", "head speaks version 2 of the gate's protocol, this program version 1: publish both builds from commits that agree")]
    [InlineData("gate is not a command; did you mean check?", "head does not know the gate; it said 'gate is not a command; did you mean check?'")]
    public async Task A_build_of_another_protocol_takes_no_part(string greeting, string complaint) =>
        Assert.Equal(complaint, await ComplaintAsync(() => Saying(greeting + "\n").GreetAsync("{}", Token)));

    [Fact]
    public void A_cycle_of_rounds_is_balanced_and_decided_by_its_seed()
    {
        var cycle = new RoundOrder(new Random(7)).Cycle();

        Assert.Equal(6, cycle.Count);
        Assert.All(cycle, turns => Assert.Equal(turns, turns.Reverse()));
        Assert.All(Enumerable.Range(0, 3), place => Assert.Equal([2, 2, 2], Enumerable.Range(0, 3).Select(arm => cycle.Count(turns => turns[place] == arm))));
        Assert.Equal(cycle, new RoundOrder(new Random(7)).Cycle());
        Assert.NotEqual(cycle, new RoundOrder(new Random(8)).Cycle());
    }

    [Theory]
    [InlineData(new byte[] { 0b11, 0 }, new byte[] { 0b01, 0 })]
    [InlineData(new byte[] { 0b100, 0b1 }, new byte[] { 0b100, 0 })]
    [InlineData(new byte[] { 0, 0b10 }, new byte[] { 0, 0b10 })]
    public void The_gate_keeps_off_the_core_of_the_clients_where_there_is_another(byte[] all, byte[] rest) =>
        Assert.Equal(rest, DriverCores.WithoutLast(all));

    private sealed class Silent : TextReader
    {
        public override async ValueTask<string?> ReadLineAsync(CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return null;
        }
    }
}
