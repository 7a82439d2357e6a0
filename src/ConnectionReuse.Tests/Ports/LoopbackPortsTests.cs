using System.Net;
using ConnectionReuse.Ports;
using ConnectionReuse.Tests.Faults;
using Xunit;

namespace ConnectionReuse.Tests.Ports;

public sealed class LoopbackPortsTests
{
    [Fact]
    public void Loopback_can_be_reached_here() => Assert.Null(LoopbackPorts.Unusable());

    [Fact]
    [Fault("no way to loopback, since it is down or has no IPv4", "that, with the system's reason")]
    public void An_address_to_which_there_is_no_way_is_named_with_the_reason() =>
        Assert.StartsWith(
            "there is no way to 255.255.255.255, where the local servers listen (",
            LoopbackPorts.Unusable(IPAddress.Broadcast), // which a socket may not call unless it has asked to
            StringComparison.Ordinal);
}
