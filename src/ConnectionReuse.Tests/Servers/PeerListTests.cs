using System.Net;
using ConnectionReuse.Servers;
using Xunit;

namespace ConnectionReuse.Tests.Servers;

public sealed class PeerListTests
{
    [Theory]
    [InlineData("10.0.0.1", "10.0.0.1", true)]
    [InlineData("10.0.0.1", "10.0.0.2", false)]
    [InlineData("10.0.0.1", "::ffff:10.0.0.1", true)]
    [InlineData("10.1.0.0/16", "10.1.200.3", true)]
    [InlineData("10.1.0.0/16", "10.2.0.1", false)]
    [InlineData("fd00::/8", "fd12::1", true)]
    [InlineData("fd00::1", "10.0.0.1", false)]
    public void It_holds_addresses_and_networks(string allowed, string address, bool holds) =>
        Assert.Equal(holds, new PeerList([PeerList.Parse(allowed)!.Value]).Contains(IPAddress.Parse(address)));

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    [InlineData("0.0.0.0/0")]
    [InlineData("::/0")]
    [InlineData("example.org")]
    [InlineData("10.0.0.0/33")]
    public void Everybody_and_names_are_no_peers(string allowed) => Assert.Null(PeerList.Parse(allowed));
}
