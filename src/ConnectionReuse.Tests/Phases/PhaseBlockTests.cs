using ConnectionReuse.Clients;
using ConnectionReuse.Phases;
using ConnectionReuse.Results;
using ConnectionReuse.Targets;
using ConnectionReuse.Tests.Connections;
using ConnectionReuse.Tests.Servers;
using Xunit;

namespace ConnectionReuse.Tests.Phases;

[Collection(CountsOfTheProcess.Name)]
public sealed class PhaseBlockTests(TargetsBeside targets)
{
    private const int Calls = 50;
    private const int WarmUps = 20;

    [Theory]
    [InlineData(TargetIds.KestrelHttp)]
    [InlineData(TargetIds.KestrelHttps)]
    public async Task Every_fresh_call_asks_for_the_name_connects_and_shakes_hands_if_it_speaks_TLS(string id)
    {
        var target = targets.Target(id);
        var block = await MeasureAsync(new FreshClient(), target);
        Assert.Equal(Calls, block.Calls.Count);
        Assert.All(block.Calls, call =>
        {
            Assert.Equal(1, call.Opened);
            Assert.True(call is { Dns: > 0, Connect: > 0 });
            Assert.Equal(target.IsTls, call.Tls > 0);
        });
    }

    [Theory]
    [InlineData(TargetIds.KestrelHttp)]
    [InlineData(TargetIds.KestrelHttps)]
    public async Task A_shared_client_only_waits_and_reads(string id)
    {
        var block = await MeasureAsync(new SharedClient(), targets.Target(id));
        Assert.All(block.Calls, call => Assert.Equal((0, 0, 0, 0), (call.Opened, call.Dns, call.Connect, call.Tls)));
    }

    [Fact]
    public async Task The_first_call_of_a_shared_client_opens_its_connection()
    {
        var block = await MeasureAsync(new SharedClient(), targets.Target(TargetIds.KestrelHttps), warmUps: 0);
        Assert.Equal([1, .. new int[Calls - 1]], block.Calls.Select(call => call.Opened));
        Assert.Equal([true, .. new bool[Calls - 1]], block.Calls.Select(call => call is { Dns: > 0, Connect: > 0, Tls: > 0 }));
    }

    [Theory]
    [InlineData("fresh", TargetIds.KestrelHttp)]
    [InlineData("fresh", TargetIds.KestrelHttps)]
    [InlineData("fresh-full", TargetIds.KestrelHttps)]
    [InlineData("shared", TargetIds.KestrelHttp)]
    [InlineData("shared", TargetIds.KestrelHttps)]
    public async Task Phases_and_client_agree_with_the_measured_time(string pattern, string id)
    {
        var block = await MeasureAsync(ClientPatterns.All[pattern], targets.Target(id));
        Assert.InRange(block.Disagreement, 0, PhaseTimes.Tolerance);
        Assert.All(block.Calls, call =>
        {
            Assert.True(call is { FirstByte: > 0, Body: > 0, Unaccounted: > 0 });
            Assert.True(call.Client > call.Unaccounted);
        });
    }

    [Fact]
    public async Task A_call_over_TLS_is_noted_in_its_order()
    {
        using var listener = new PhaseListener(TimeProvider.System);
        await using var caller = new FreshClient().Open(targets.Target(TargetIds.KestrelHttps));
        listener.CallStart();
        await caller.CallAsync(TestContext.Current.CancellationToken);
        listener.CallStop();

        Assert.Equal(
            [
                PhaseEdge.CallStart, PhaseEdge.RequestStart, PhaseEdge.DnsStart, PhaseEdge.DnsStop, PhaseEdge.ConnectStart,
                PhaseEdge.ConnectStop, PhaseEdge.TlsStart, PhaseEdge.TlsStop, PhaseEdge.ConnectionEstablished,
                PhaseEdge.FirstByteStart, PhaseEdge.FirstByteStop, PhaseEdge.BodyStart, PhaseEdge.BodyStop,
                PhaseEdge.RequestStop, PhaseEdge.CallStop,
            ],
            listener.Events().Select(at => at.Edge).Distinct());
        var times = listener.Events().Select(at => at.Timestamp).ToArray();
        Assert.Equal(times.Order(), times);
    }

    private static async Task<PhaseBlock> MeasureAsync(ClientPattern pattern, Target target, int warmUps = WarmUps)
    {
        await using var caller = pattern.Open(target);
        return await PhaseBlock.MeasureAsync(
            caller, Calls, warmUps, TimeSpan.Zero, TimeProvider.System, TestContext.Current.CancellationToken);
    }
}
