using ConnectionReuse.Links;
using ConnectionReuse.Tests.Faults;
using Xunit;

namespace ConnectionReuse.Tests.Links;

public sealed class LinkOptionsTests
{
    [Theory]
    [InlineData("123ms", 123_000)]
    [InlineData("0.5s", 500_000)]
    [InlineData("50us", 50)]
    [InlineData("1.25MS", 1_250)]
    public void A_time_has_a_unit(string text, int microseconds)
    {
        var time = TimeSpan.FromMicroseconds(microseconds);
        Assert.Equal(new LinkOptions(new Link(time), time), LinkOptions.Parse(text, null, text));
    }

    [Theory]
    [InlineData("20mbit", 20_000_000)]
    [InlineData("1gbit", 1_000_000_000)]
    [InlineData("500kbit", 500_000)]
    [InlineData("1.5Mbit", 1_500_000)]
    public void A_rate_has_a_unit(string text, long bits) =>
        Assert.Equal(new Link(TimeSpan.Zero, bits), LinkOptions.Parse(null, text, null).Link);

    [Theory]
    [InlineData(null)]
    [InlineData("0ms")]
    public void No_delay_and_no_bandwidth_is_no_link(string? rtt) =>
        Assert.Equal(LinkOptions.None, LinkOptions.Parse(rtt, null, null));

    [Theory]
    [InlineData("50", "--rtt 50: a time such as 50ms, 0.5s or 200us is needed")]
    [InlineData("", "--rtt : a time such as 50ms, 0.5s or 200us is needed")]
    [InlineData("ms", "--rtt ms: a time such as 50ms, 0.5s or 200us is needed")]
    [InlineData("-5ms", "--rtt -5ms: a time such as 50ms, 0.5s or 200us is needed")]
    [InlineData("1,5ms", "--rtt 1,5ms: a time such as 50ms, 0.5s or 200us is needed")]
    [InlineData("5 min", "--rtt 5 min: a time such as 50ms, 0.5s or 200us is needed")]
    [InlineData("11s", "--rtt 11s: at most 10s")]
    [Fault("a round trip of {0}", "{1}; exit 2")]
    public void A_wrong_time_is_refused_in_one_line(string text, string message) =>
        Assert.Equal(message, Assert.Throws<FormatException>(() => LinkOptions.Parse(text, null, null)).Message);

    [Theory]
    [InlineData("20", "--bandwidth 20: a rate such as 20mbit, 1gbit or 500kbit is needed")]
    [InlineData("fast", "--bandwidth fast: a rate such as 20mbit, 1gbit or 500kbit is needed")]
    [InlineData("0mbit", "--bandwidth 0mbit: from 1kbit to 100gbit")]
    [InlineData("101gbit", "--bandwidth 101gbit: from 1kbit to 100gbit")]
    [Fault("a bandwidth of {0}", "{1}; exit 2")]
    public void A_wrong_rate_is_refused_in_one_line(string text, string message) =>
        Assert.Equal(message, Assert.Throws<FormatException>(() => LinkOptions.Parse(null, text, null)).Message);

    [Fact]
    public void A_wrong_server_time_is_refused_by_its_own_name()
    {
        var error = Assert.Throws<FormatException>(() => LinkOptions.Parse("5ms", null, "34"));
        Assert.StartsWith("--server-time 34: ", error.Message, StringComparison.Ordinal);
    }
}
