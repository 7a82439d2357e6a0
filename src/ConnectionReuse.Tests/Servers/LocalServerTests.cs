using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using ConnectionReuse.Results;
using ConnectionReuse.Targets;
using Xunit;

namespace ConnectionReuse.Tests.Servers;

public sealed partial class LocalServerTests(LocalTargets targets) : IClassFixture<LocalTargets>
{
    [Fact]
    public async Task Every_local_target_sends_the_same_bytes_but_for_the_date()
    {
        var responses = new List<string>();
        foreach (var id in TargetIds.Local)
        {
            var exchange = await RawExchange.SendAsync(targets.Target(id), IPAddress.Loopback, TestContext.Current.CancellationToken);
            Assert.Matches(Date(), exchange.Response);
            responses.Add(Date().Replace(exchange.Response, "Date: *\r\n"));
        }

        Assert.EndsWith($"\r\n{LocalResponse.Text}\r\n0\r\n\r\n", responses[0], StringComparison.Ordinal);
        Assert.All(responses, response => Assert.Equal(responses[0], response));
    }

    [Theory]
    [MemberData(nameof(LocalTargets.Ids), MemberType = typeof(LocalTargets))]
    public async Task A_local_target_answers_on_both_loopback_addresses(string id)
    {
        await RawExchange.SendAsync(targets.Target(id), IPAddress.Loopback, TestContext.Current.CancellationToken);
        SkipWithoutIPv6();
        await RawExchange.SendAsync(targets.Target(id), IPAddress.IPv6Loopback, TestContext.Current.CancellationToken);
    }

    [Theory]
    [MemberData(nameof(LocalTargets.Ids), MemberType = typeof(LocalTargets))]
    public void A_local_target_listens_on_no_other_address(string id)
    {
        var listeners = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners()
            .Where(listener => listener.Port == targets.Target(id).Uri.Port)
            .ToArray();
        Assert.NotEmpty(listeners);
        Assert.All(listeners, listener => Assert.True(IPAddress.IsLoopback(listener.Address), $"{id} listens on {listener}"));
    }

    [Fact]
    public void Asking_for_the_counts_of_an_unknown_target_is_an_error()
    {
        var error = Assert.Throws<IOException>(() => targets.Control.Mark("teapot"));
        Assert.Contains("teapot", error.Message, StringComparison.Ordinal);
    }

    private static void SkipWithoutIPv6()
    {
        try
        {
            using var socket = new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.IPv6Loopback, 0));
        }
        catch (SocketException e)
        {
            Assert.Skip($"this machine has no ::1 ({e.SocketErrorCode})");
        }
    }

    [GeneratedRegex("Date: [^\r]+\r\n")]
    private static partial Regex Date();
}
