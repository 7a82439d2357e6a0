using System.Net;
using ConnectionReuse.Clients;
using ConnectionReuse.Ports;
using ConnectionReuse.Results;
using ConnectionReuse.Tests.Servers;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ConnectionReuse.Tests.Ports;

public sealed class PortBudgetTests(LocalTargets targets) : IClassFixture<LocalTargets>
{
    private readonly FakeTimeProvider _time = new();
    private readonly List<TimeSpan> _told = [];

    [Fact]
    public async Task Free_ports_are_not_waited_for()
    {
        await EnsureAsync(needed: 10, secondsLeft: []);
        Assert.Empty(_told);
        Assert.Equal(TimeSpan.Zero, Elapsed);
    }

    [Fact]
    public async Task Ports_in_TIME_WAIT_are_waited_for_and_the_wait_is_told_once()
    {
        await EnsureAsync(needed: 9, secondsLeft: [20, 30, 40]);
        Assert.Equal([TimeSpan.FromSeconds(30)], _told);
        Assert.InRange(Elapsed, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(32));
    }

    [Fact]
    public async Task Needing_more_ports_than_there_are_is_refused_in_one_line()
    {
        var error = await Assert.ThrowsAsync<PortsExhaustedException>(() => EnsureAsync(needed: 11, secondsLeft: [20]));
        Assert.StartsWith(
            "11 client ports towards 192.0.2.7:443 are needed, and 9 of 10 are free (1 sockets in TIME_WAIT): send fewer requests",
            error.Message,
            StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        Assert.Empty(_told);
    }

    [Fact]
    public async Task A_wait_that_does_not_help_comes_to_an_end()
    {
        await Assert.ThrowsAsync<PortsExhaustedException>(() => EnsureAsync(() => Rule.Apply([new(40000, TimeSpan.FromSeconds(60))]), needed: 10));
        Assert.InRange(Elapsed, PortBudget.LongestWait, PortBudget.LongestWait + TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task A_wait_can_be_interrupted()
    {
        using var interrupt = new CancellationTokenSource();
        var waiting = PortBudget.EnsureAsync(
            () => Rule.Apply([new(40000, TimeSpan.FromSeconds(60))]), Destination, 10, TimeProvider.System, _ => interrupt.Cancel(), interrupt.Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact(Timeout = 60_000)]
    public async Task Closed_connections_are_found_in_TIME_WAIT()
    {
        const int Closed = 5;
        var target = targets.Target(TargetIds.KestrelHttp);
        await using var caller = new FloorFresh().Open(target);
        for (var i = 0; i < Closed; i++)
        {
            await caller.CallAsync(TestContext.Current.CancellationToken);
        }

        // The last ones wait for the server's end to close.
        while (PortBudget.Read(target.Uri.Port).InTimeWait < Closed)
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        var use = PortBudget.Read(target.EndPoint());
        Assert.InRange(use.Free, 1, use.Total);
        await PortBudget.EnsureAsync(target.Uri.Port, Closed, TimeProvider.System, _told.Add, TestContext.Current.CancellationToken);
        Assert.Empty(_told);
    }

    private TimeSpan Elapsed => _time.GetUtcNow() - _time.Start;

    private static IPEndPoint Destination => new(IPAddress.Parse("192.0.2.7"), 443);

    // Ten ports without reuse.
    private static PortsRule Rule =>
        PortsRule.Linux(40000, 40009, new HashSet<int>(), reuse: 0, TimeSpan.FromSeconds(1), loopback: false);

    private Task EnsureAsync(int needed, double[] secondsLeft) => EnsureAsync(
        () => Rule.Apply(secondsLeft
            .Select((left, index) => new TakenPort(40000 + index, TimeSpan.FromSeconds(left) - Elapsed))
            .Where(port => port.TimeWaitLeft > TimeSpan.Zero)),
        needed);

    // Without a synchronization context what waits goes on within the very advance that ends its wait.
    private Task EnsureAsync(Func<PortUse> read, int needed) => Task.Run(async () =>
    {
        var ensuring = PortBudget.EnsureAsync(read, Destination, needed, _time, _told.Add, TestContext.Current.CancellationToken);
        while (!ensuring.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        await ensuring;
    });
}
