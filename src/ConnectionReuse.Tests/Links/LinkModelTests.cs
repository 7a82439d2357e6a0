using ConnectionReuse.Links;
using Xunit;

namespace ConnectionReuse.Tests.Links;

public sealed class LinkModelTests
{
    private static readonly TimeSpan RoundTrip = TimeSpan.FromMilliseconds(50);

    public static TheoryData<string> Opening => [nameof(CallKind.Tcp), nameof(CallKind.Tls13), nameof(CallKind.Tls12Resumed), nameof(CallKind.Tls12Full)];

    [Theory]
    [InlineData(nameof(CallKind.Shared), 1)]
    [InlineData(nameof(CallKind.Tcp), 2)]
    [InlineData(nameof(CallKind.Tls13), 3)]
    [InlineData(nameof(CallKind.Tls12Resumed), 3)]
    [InlineData(nameof(CallKind.Tls12Full), 4)]
    public void A_call_takes_as_many_round_trips_as_its_protocol_has(string name, int roundTrips)
    {
        var kind = Enum.Parse<CallKind>(name);
        Assert.Equal(roundTrips, LinkModel.RoundTripsToFirstByte(kind));
        Assert.Equal(roundTrips * RoundTrip, LinkModel.Total(kind, new Link(RoundTrip), 150, TimeSpan.Zero));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(14_480, 0)]
    [InlineData(14_481, 1)]
    [InlineData(43_440, 1)]
    [InlineData(43_441, 2)]
    [InlineData(101_360, 2)]
    [InlineData(101_361, 3)]
    [InlineData(181_000, 3)]
    [InlineData(181_001, 4)]
    [InlineData(376_480, 4)]
    [InlineData(376_481, 5)]
    [InlineData(767_440, 5)]
    [InlineData(767_441, 6)]
    [InlineData(1_000_000, 6)]
    public void Slow_start_adds_round_trips_to_big_responses(long bytes, int roundTrips) =>
        Assert.Equal(roundTrips, LinkModel.SlowStartRoundTrips(bytes));

    [Theory]
    [MemberData(nameof(Opening))]
    public void The_windows_of_a_relay_give_a_fresh_call_the_round_trips_of_the_model(string name)
    {
        var kind = Enum.Parse<CallKind>(name);
        var link = new Link(RoundTrip);
        var serverTime = TimeSpan.FromMilliseconds(30);
        foreach (var bytes in (ReadOnlySpan<int>)[150, 14_480, 14_481, 60_000, 200_000, 400_000, 1_000_000])
        {
            Assert.Equal(LinkModel.Total(kind, link, bytes, serverTime), new VirtualCall(link).Run(kind, bytes, serverTime));
        }
    }

    [Fact]
    public void A_shared_connection_pays_the_request_only_once_its_window_has_grown()
    {
        var call = new VirtualCall(new Link(RoundTrip));
        Assert.Equal(4 * RoundTrip, call.Run(CallKind.Tcp, 60_000, TimeSpan.Zero));
        Assert.Equal(RoundTrip, call.Run(CallKind.Shared, 60_000, TimeSpan.Zero));
    }

    [Theory]
    [InlineData(150)]
    [InlineData(60_000)]
    [InlineData(1_000_000)]
    public void A_bandwidth_is_in_the_model_to_some_segments(int bytes)
    {
        var link = new Link(RoundTrip, BitsPerSecond: 20_000_000);
        var model = LinkModel.Total(CallKind.Tcp, link, bytes, TimeSpan.Zero);
        var simulated = new VirtualCall(link).Run(CallKind.Tcp, bytes, TimeSpan.Zero);
        Assert.Equal(0, (simulated - model) / link.Serialisation(SendWindow.SegmentBytes), tolerance: 3);
    }
}
