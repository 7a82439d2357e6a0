using ConnectionReuse.Links;
using Xunit;

namespace ConnectionReuse.Tests.Links;

public sealed class ReceiveWindowTests
{
    private static readonly TimeSpan RoundTrip = TimeSpan.FromSeconds(1);

    [Fact]
    public void It_stays_as_it_is_while_nobody_waits_for_it()
    {
        var window = new ReceiveWindow();
        window.Acknowledge(1_000_000, RoundTrip);
        Assert.Equal(ReceiveWindow.FirstBytes, window.Bytes);
    }

    [Fact]
    public void Once_filled_it_opens_by_two_bytes_for_each_that_arrives_up_to_the_largest()
    {
        var window = new ReceiveWindow();
        window.Fill(heard: RoundTrip);
        window.Acknowledge(1_000, 0.9 * RoundTrip);
        Assert.Equal(ReceiveWindow.FirstBytes, window.Bytes);

        window.Acknowledge(1_000, RoundTrip);
        Assert.Equal(ReceiveWindow.FirstBytes + 2_000, window.Bytes);

        window.Acknowledge(2_000_000_000, RoundTrip);
        Assert.Equal(SendWindow.LargestBytes, window.Bytes);
    }

    // As captured on a link of 50 ms between two network namespaces: 14,480, 28,960, 56,972, 79,640, 195,480, 390,960
    // and 233,632 bytes in one round trip after the other, in segments of 1,448 bytes.
    [Fact]
    public void A_sender_that_outgrows_it_waits_for_it_once()
    {
        var arrivals = new SendWindow(new Link(RoundTrip), TimeSpan.Zero).Send(1_000_000, TimeSpan.Zero);
        Assert.Equal([14_480, 28_960, 57_920, 79_640, 195_480, 390_960, 232_560], arrivals.Select(arrival => arrival.Bytes));
    }
}
