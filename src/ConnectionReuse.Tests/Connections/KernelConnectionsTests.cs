using ConnectionReuse.Connections;
using ConnectionReuse.Tests.Faults;
using Xunit;

namespace ConnectionReuse.Tests.Connections;

public sealed class KernelConnectionsTests
{
    [Fact]
    [Fault("a name whose first address refuses, beside the kernel's count", "refused tries are no connections: nobody else is blamed for them")]
    public void A_refused_try_is_no_connection() => Assert.Equal(
        93,
        KernelConnections.OpenedOf(["Ip: Forwarding", "Ip: 1", "Tcp: RtoAlgorithm ActiveOpens PassiveOpens AttemptFails", "Tcp: 1 100 5 7"]));

    [Theory]
    [InlineData("Tcp: RtoAlgorithm", "Tcp: 1")]
    [InlineData("Udp: ActiveOpens AttemptFails", "Udp: 1 2")]
    public void Where_the_kernel_does_not_say_nothing_is_known(string names, string numbers) => Assert.Null(KernelConnections.OpenedOf([names, numbers]));
}
