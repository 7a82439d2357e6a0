using ConnectionReuse.Links;
using Xunit;

namespace ConnectionReuse.Tests.Links;

/// <summary>On a virtual clock: one round trip is one second.</summary>
public sealed class SendWindowTests
{
    private static readonly TimeSpan RoundTrip = TimeSpan.FromSeconds(1);
    private static readonly Link Unlimited = new(RoundTrip);

    [Fact]
    public void An_initial_window_arrives_at_once_half_a_round_trip_later()
    {
        var arrivals = new SendWindow(Unlimited, TimeSpan.Zero).Send(SendWindow.InitialBytes, RoundTrip);
        Assert.Equal([new Arrival(1.5 * RoundTrip, SendWindow.InitialBytes)], arrivals);
    }

    [Fact]
    public void A_body_beyond_the_initial_window_arrives_in_windows_that_double_each_round_trip()
    {
        var arrivals = new SendWindow(Unlimited, TimeSpan.Zero).Send(120_000, TimeSpan.Zero);
        Assert.Equal(
            [
                new Arrival(0.5 * RoundTrip, 14_480),
                new Arrival(1.5 * RoundTrip, 28_960),
                new Arrival(2.5 * RoundTrip, 57_920),
                new Arrival(3.5 * RoundTrip, 18_640),
            ],
            arrivals);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1_000)]
    [InlineData(4_096)]
    [InlineData(32_768)]
    public void The_pieces_in_which_bytes_are_handed_over_do_not_matter(int piece)
    {
        const int Body = 120_000;
        var whole = new SendWindow(Unlimited, TimeSpan.Zero).Send(Body, TimeSpan.Zero);
        var window = new SendWindow(Unlimited, TimeSpan.Zero);
        var arrivals = new List<Arrival>();
        for (var left = Body; left > 0; left -= piece)
        {
            arrivals.AddRange(window.Send(Math.Min(left, piece), TimeSpan.Zero));
        }

        Assert.Equal(whole, arrivals.GroupBy(arrival => arrival.At).Select(at => new Arrival(at.Key, at.Sum(arrival => arrival.Bytes))));
    }

    [Fact]
    public void The_window_outlives_a_pause()
    {
        var window = new SendWindow(Unlimited, TimeSpan.Zero);
        window.Send(60_000, TimeSpan.Zero);
        Assert.Single(window.Send(60_000 - SendWindow.InitialBytes, TimeSpan.FromHours(1)));
    }

    [Fact]
    public void A_sender_that_uses_less_than_half_of_its_window_does_not_grow_it()
    {
        var window = new SendWindow(Unlimited, TimeSpan.Zero);
        for (var second = 0; second < 100; second += 2)
        {
            window.Send(1_000, TimeSpan.FromSeconds(second));
        }

        Assert.Equal(SendWindow.InitialBytes, window.Bytes);
    }

    [Fact]
    public void The_window_stops_at_its_largest()
    {
        var window = new SendWindow(Unlimited, TimeSpan.Zero);
        var arrivals = window.Send(100 * 1024 * 1024, TimeSpan.Zero);
        Assert.Equal(SendWindow.LargestBytes, window.Bytes);
        Assert.Equal(SendWindow.LargestBytes, arrivals.Max(arrival => arrival.Bytes));
        Assert.Equal(100 * 1024 * 1024, arrivals.Sum(arrival => arrival.Bytes));
    }

    [Fact]
    public void A_bandwidth_spaces_segments_by_their_time_on_the_line()
    {
        var link = new Link(RoundTrip, BitsPerSecond: 8 * 1_500 * 100); // 100 full segments a second
        var arrivals = new SendWindow(link, TimeSpan.Zero).Send(3 * SendWindow.SegmentBytes, TimeSpan.Zero);
        Assert.Equal([0.51, 0.52, 0.53], arrivals.Select(arrival => arrival.At.TotalSeconds));
    }

    [Fact]
    public void A_window_that_fills_the_line_keeps_it_busy()
    {
        const int Segments = 5_000;
        var link = new Link(RoundTrip, BitsPerSecond: 8 * 1_500 * 100);
        var arrivals = new SendWindow(link, TimeSpan.Zero).Send(Segments * SendWindow.SegmentBytes, TimeSpan.Zero);
        var gaps = arrivals.Zip(arrivals.Skip(1), (one, next) => next.At - one.At).Skip(200);
        Assert.All(gaps, gap => Assert.Equal(TimeSpan.FromSeconds(0.01), gap));
    }

    [Fact]
    public void Nothing_leaves_before_the_connection_is_open()
    {
        var window = new SendWindow(Unlimited, opens: 3 * RoundTrip);
        Assert.Equal(3.5 * RoundTrip, window.Send(1, TimeSpan.Zero).Single().At);
        Assert.Equal(3.5 * RoundTrip, window.Close(TimeSpan.Zero));
        Assert.Equal(4.5 * RoundTrip, window.Send(1, 4 * RoundTrip).Single().At);
    }

    [Fact]
    public void The_end_arrives_with_the_last_byte()
    {
        var window = new SendWindow(Unlimited, TimeSpan.Zero);
        var last = window.Send(60_000, TimeSpan.Zero)[^1].At;
        Assert.Equal(last, window.Close(TimeSpan.Zero));
        Assert.Equal(10.5 * RoundTrip, window.Close(10 * RoundTrip));
    }
}
