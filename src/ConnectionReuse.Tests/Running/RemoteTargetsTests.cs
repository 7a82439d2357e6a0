using System.Net;
using ConnectionReuse.Bench.Running;
using Xunit;

namespace ConnectionReuse.Tests.Running;

/// <summary>What a result tells of a server that was started apart.</summary>
public sealed class RemoteTargetsTests
{
    [Fact]
    public void No_name_and_no_address_of_it_is_left_in_a_reason()
    {
        string[] names = ["reuse", "10.0.0.2", "fd00::2", "fd00::22"];

        var text = RemoteTargets.Unnaming("each of its connections first tried [fd00::22]:5101 (refused after 0.3 ms): REUSE names more addresses than 10.0.0.2 and fd00::2", names);

        Assert.Equal("each of its connections first tried [server]:5101 (refused after 0.3 ms): server names more addresses than server and server", text);
    }

    [Theory]
    [InlineData("127.0.0.5", true)]
    [InlineData("::1", true)]
    [InlineData("192.0.2.1", false)] // nobody's: RFC 5737
    public void An_address_of_this_machine_is_no_second_machine(string address, bool isOne) => Assert.Equal(isOne, OwnAddress.IsOne(IPAddress.Parse(address)));
}
