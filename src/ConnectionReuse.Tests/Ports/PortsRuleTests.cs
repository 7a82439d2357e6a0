using ConnectionReuse.Ports;
using Xunit;

namespace ConnectionReuse.Tests.Ports;

public sealed class PortsRuleTests
{
    private const int Low = 40000;
    private const int High = 40009;

    [Fact]
    public void Reserved_ports_are_not_there_at_all()
    {
        var use = Rule(reuse: 0, reserved: [40003, 40005, 80]).Apply([Open(40003)]);
        Assert.Equal((8, 8), (use.Total, use.Free));
    }

    [Fact]
    public void An_open_socket_holds_its_port_for_good()
    {
        var use = Rule(reuse: 1).Apply([Open(40000), Open(40001), Open(80)]);
        Assert.Equal((8, 0), (use.Free, use.InTimeWait));
        Assert.Equal(TimeSpan.Zero, use.WaitFor(8));
        Assert.Null(use.WaitFor(9));
    }

    [Fact]
    public void Without_reuse_a_port_is_free_when_its_TIME_WAIT_is_over()
    {
        var use = Rule(reuse: 0).Apply([Waiting(40000, 12.5), Waiting(40001, 3), Waiting(40002, 59.9), Waiting(40003, 0)]);
        Assert.Equal((6, 4), (use.Free, use.InTimeWait));
        Assert.Equal(TimeSpan.Zero, use.WaitFor(6));
        Assert.Equal(TimeSpan.FromSeconds(3), use.WaitFor(8));
        Assert.Equal(TimeSpan.FromSeconds(59.9), use.WaitFor(10));
        Assert.Null(use.WaitFor(11));
    }

    [Theory]
    [InlineData(0, true, 7)]
    [InlineData(0, false, 7)]
    [InlineData(1, true, 9)]
    [InlineData(1, false, 9)]
    [InlineData(2, true, 9)]
    [InlineData(2, false, 7)]
    public void With_reuse_a_port_is_free_after_a_second(int reuse, bool loopback, int free)
    {
        var use = Rule(reuse, loopback: loopback).Apply([Waiting(40000, 10), Waiting(40001, 58.9), Waiting(40002, 59.4)]);
        Assert.Equal((free, 3), (use.Free, use.InTimeWait));
        Assert.Equal(TimeSpan.FromSeconds(free == 9 ? 0.4 : 59.4), use.WaitFor(10));
    }

    [Fact]
    public void The_kernel_may_reuse_sooner_than_after_a_second()
    {
        var rule = PortsRule.Linux(Low, High, new HashSet<int>(), reuse: 1, TimeSpan.FromMilliseconds(100), loopback: false);
        Assert.Equal(TimeSpan.FromSeconds(0.05), rule.Apply([Waiting(40000, 59.95)]).WaitFor(10));
    }

    [Fact]
    public void Of_two_sockets_on_one_port_the_longer_one_counts()
    {
        var use = Rule(reuse: 0).Apply([Waiting(40000, 5), Waiting(40000, 9), Waiting(40001, 5), Open(40001)]);
        Assert.Equal((8, 3), (use.Free, use.InTimeWait));
        Assert.Equal(TimeSpan.FromSeconds(9), use.WaitFor(9));
        Assert.Null(use.WaitFor(10));
    }

    [Fact]
    public void A_row_needs_all_its_ports_at_once_unless_they_come_back_meanwhile()
    {
        Assert.Equal(170_000, Rule(reuse: 0).Apply([]).AtOnce(170_000));
        Assert.Equal(20_000, Rule(reuse: 1).Apply([]).AtOnce(170_000));
        Assert.Equal(100, Rule(reuse: 1).Apply([]).AtOnce(100));
    }

    private static PortsRule Rule(int reuse, int[]? reserved = null, bool loopback = true) =>
        PortsRule.Linux(Low, High, (reserved ?? []).ToHashSet(), reuse, TimeSpan.FromSeconds(1), loopback);

    private static TakenPort Open(int port) => new(port, null);

    private static TakenPort Waiting(int port, double secondsLeft) => new(port, TimeSpan.FromSeconds(secondsLeft));
}
