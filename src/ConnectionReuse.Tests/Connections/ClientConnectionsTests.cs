using System.Net;
using System.Net.Sockets;
using ConnectionReuse.Clients;
using ConnectionReuse.Connections;
using ConnectionReuse.Results;
using ConnectionReuse.Targets;
using ConnectionReuse.Tests.Servers;
using Xunit;

namespace ConnectionReuse.Tests.Connections;

[Collection(CountsOfTheProcess.Name)]
public sealed class ClientConnectionsTests(TargetsBeside targets)
{
    [Fact]
    public async Task A_refused_connect_opened_nothing()
    {
        int port;
        using (var listener = new TcpListener(IPAddress.Loopback, 0))
        {
            listener.Start();
            port = ((IPEndPoint)listener.LocalEndpoint).Port;
        }

        foreach (var url in (string[])[$"http://localhost:{port}/", $"http://127.0.0.1:{port}/", "http://no-such-host.invalid/"])
        {
            Assert.Equal((0, 0), await CountAsync(new FreshClient(), new Target(TargetIds.Real, new Uri(url))));
        }

        Assert.Equal((0, 0), await CountAsync(new FloorFresh(), new Target(TargetIds.Real, new Uri($"http://localhost:{port}/"))));
    }

    [Theory]
    [InlineData("fresh")]
    [InlineData("floor-fresh")]
    public async Task A_failed_handshake_is_not_counted_but_its_connection_is(string pattern)
    {
        using var others = TestCertificates.Create(TimeProvider.System);
        var target = targets.Target(TargetIds.KestrelHttps) with { Trust = new TrustedRoot(others.Authority.ExportCertificatePem()) };
        Assert.Equal((1, 0), await CountAsync(ClientPatterns.All[pattern], target));
    }

    [Fact]
    public async Task A_failed_handshake_leaves_the_protocol_of_the_last_good_one()
    {
        using var others = TestCertificates.Create(TimeProvider.System);
        var target = targets.Target(TargetIds.KestrelHttps);
        using var client = new ClientConnections();
        Assert.Null(client.TlsProtocol);
        await CountAsync(new FreshClient(), target);
        await CountAsync(new FreshClient(), target with { Trust = new TrustedRoot(others.Authority.ExportCertificatePem()) });
        Assert.Equal("1.3", client.TlsProtocol);
    }

    [Fact]
    public async Task A_connection_that_is_closed_in_its_handshake_shook_no_hands()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var closing = listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken).AsTask().ContinueWith(
            accepted => accepted.Result.Dispose(), TestContext.Current.CancellationToken, TaskContinuationOptions.None, TaskScheduler.Default);
        var uri = new Uri($"https://localhost:{((IPEndPoint)listener.LocalEndpoint).Port}/");
        Assert.Equal((1, 0), await CountAsync(new FreshClient(), new Target(TargetIds.Real, uri)));
        await closing;
    }

    [Fact]
    public async Task A_good_call_over_TLS_opens_one_connection_with_one_handshake() =>
        Assert.Equal((1, 1), await CountAsync(new FreshClient(), targets.Target(TargetIds.KestrelHttps)));

    [Theory]
    [InlineData(TargetIds.WireMockHttp)]
    [InlineData(TargetIds.KestrelHttp)]
    public async Task Wire_bytes_are_what_was_sent_and_received(string id)
    {
        using var client = new ClientConnections();
        var exchange = await RawExchange.SendAsync(targets.Target(id), IPAddress.Loopback, TestContext.Current.CancellationToken);
        Assert.Equal(exchange.Request.Length + exchange.Response.Length, client.Read().WireBytes);
    }

    private static async Task<(long? Opened, long Handshakes)> CountAsync(ClientPattern pattern, Target target)
    {
        using var client = new ClientConnections();
        await using var caller = pattern.Open(target);
        await Record.ExceptionAsync(() => caller.CallAsync(TestContext.Current.CancellationToken));
        return (client.Read().Opened, client.Handshakes);
    }
}
