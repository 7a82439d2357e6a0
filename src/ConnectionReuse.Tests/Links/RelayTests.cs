using System.Net;
using System.Net.Sockets;
using ConnectionReuse.Links;
using Xunit;

namespace ConnectionReuse.Tests.Links;

public sealed class RelayTests : IAsyncLifetime
{
    private static readonly Link Short = new(TimeSpan.FromMilliseconds(4));

    private readonly TcpListener _server = new(IPAddress.Loopback, 0);
    private readonly PreciseTimer _timer = new();
    private Relay? _relay;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        _server.Start(backlog: 512);
        _relay = Relay.Start(Short, (IPEndPoint)_server.LocalEndpoint, _timer);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _relay!.DisposeAsync();
        _timer.Dispose();
        _server.Dispose();
    }

    [Fact]
    public async Task Bytes_pass_untouched_in_both_directions()
    {
        var (client, server) = await ConnectAsync();
        using (client)
        using (server)
        {
            var up = RandomBytes(300_000);
            var down = RandomBytes(3_000_000);
            var received = await Task.WhenAll(
                SendAndEndAsync(client, up), ReceiveToEndAsync(client), SendAndEndAsync(server, down), ReceiveToEndAsync(server));
            Assert.Equal(down, received[1]);
            Assert.Equal(up, received[3]);
        }
    }

    [Fact]
    public async Task The_first_bytes_of_a_client_pay_the_round_trip_of_the_handshake()
    {
        using var client = await DialAsync(IPAddress.Loopback);
        using var server = await _server.AcceptSocketAsync(Cancel);
        var sent = PreciseTimer.Now;
        await client.SendAsync(new byte[1], Cancel);
        await server.ReceiveAsync(new byte[1], Cancel);
        Assert.True(PreciseTimer.Now - sent >= 1.5 * Short.RoundTripTime);
    }

    [Fact]
    public async Task A_client_may_come_by_IPv6()
    {
        Assert.SkipUnless(Socket.OSSupportsIPv6, "this machine has no IPv6");
        using var client = await DialAsync(IPAddress.IPv6Loopback);
        using var server = await _server.AcceptSocketAsync(Cancel);
        await client.SendAsync(new byte[1], Cancel);
        Assert.Equal(1, await server.ReceiveAsync(new byte[1], Cancel));
    }

    [Fact]
    public async Task A_client_that_has_ended_its_side_still_gets_its_answer()
    {
        var (client, server) = await ConnectAsync();
        using (client)
        using (server)
        {
            Assert.Empty(await SendAndEndAsync(client, []));
            Assert.Empty(await ReceiveToEndAsync(server));
            await SendAndEndAsync(server, [1, 2, 3]);
            Assert.Equal([1, 2, 3], await ReceiveToEndAsync(client));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_peer_that_closes_closes_the_other_side_after_its_last_bytes(bool serverCloses)
    {
        var (client, server) = await ConnectAsync();
        using (client)
        using (server)
        {
            var (closing, other) = serverCloses ? (server, client) : (client, server);
            await closing.SendAsync(new byte[50_000], Cancel);
            closing.Close();
            Assert.Equal(50_000, (await ReceiveToEndAsync(other)).Length);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_peer_that_dies_resets_the_other_side(bool serverDies)
    {
        var (client, server) = await ConnectAsync();
        using (client)
        using (server)
        {
            var (dying, other) = serverDies ? (server, client) : (client, server);
            dying.Close(timeout: 0);
            var error = await Assert.ThrowsAsync<SocketException>(async () => await other.ReceiveAsync(new byte[1], Cancel));
            Assert.Equal(SocketError.ConnectionReset, error.SocketErrorCode);
        }
    }

    [Fact]
    public async Task A_sender_whose_receiver_has_died_is_told()
    {
        var (client, server) = await ConnectAsync();
        using (client)
        {
            server.Close();
            Assert.Empty(await ReceiveToEndAsync(client));
            await Assert.ThrowsAsync<SocketException>(async () =>
            {
                while (true)
                {
                    await client.SendAsync(new byte[1_000], Cancel);
                }
            });
        }
    }

    [Fact]
    public async Task A_target_that_refuses_resets_the_client()
    {
        _server.Stop();

        await Assert.ThrowsAsync<SocketException>(async () =>
        {
            using var client = await DialAsync(IPAddress.Loopback); // the reset may be there as soon as the connection
            await client.ReceiveAsync(new byte[1], Cancel);
        });
    }

    [Fact]
    public async Task A_connection_that_nobody_reads_holds_bounded_memory_and_does_not_disturb_another()
    {
        var (deaf, flooding) = await ConnectAsync();
        var (client, server) = await ConnectAsync();
        using (deaf)
        using (flooding)
        using (client)
        using (server)
        {
            flooding.Blocking = false;
            var piece = new byte[64 * 1024];
            var accepted = 0L;
            for (var stuck = 0; stuck < 100;)
            {
                var sent = flooding.Send(piece, SocketFlags.None, out var error);
                accepted += sent;
                stuck = error == SocketError.WouldBlock ? stuck + 1 : 0;
                await Task.Delay(error == SocketError.WouldBlock ? 2 : 0, Cancel);
            }

            // The relay's share and four socket buffers of the kernel, which are 6 MiB each at most by default.
            Assert.InRange(accepted, 1, SendWindow.LargestBytes + (4 * 6 * 1024 * 1024));
            await SendAndEndAsync(client, [1, 2, 3]);
            Assert.Equal([1, 2, 3], await ReceiveToEndAsync(server));
        }
    }

    [Fact]
    public async Task Two_hundred_connections_at_once_each_get_their_own_bytes()
    {
        const int Connections = 200;
        var echoing = Task.WhenAll(Enumerable.Range(0, Connections).Select(async _ =>
        {
            using var server = await _server.AcceptSocketAsync(Cancel);
            await SendAndEndAsync(server, await ReceiveToEndAsync(server));
        }));
        var clients = await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => DialAsync(IPAddress.Loopback)));
        await Task.WhenAll(clients.Select(async client =>
        {
            using (client)
            {
                var bytes = RandomBytes(40_000);
                await SendAndEndAsync(client, bytes);
                Assert.Equal(bytes, await ReceiveToEndAsync(client));
            }
        }));
        await echoing;
    }

    [Fact]
    public async Task A_relay_that_stops_closes_its_connections()
    {
        var (client, server) = await ConnectAsync();
        using (client)
        using (server)
        {
            await _relay!.DisposeAsync();
            foreach (var end in (Socket[])[client, server])
            {
                await Assert.ThrowsAsync<SocketException>(async () => await end.ReceiveAsync(new byte[1], Cancel));
            }

            await Assert.ThrowsAsync<SocketException>(() => DialAsync(IPAddress.Loopback));
        }
    }

    private async Task<(Socket Client, Socket Server)> ConnectAsync()
    {
        var client = await DialAsync(IPAddress.Loopback);
        return (client, await _server.AcceptSocketAsync(Cancel));
    }

    private async Task<Socket> DialAsync(IPAddress address)
    {
        var client = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await client.ConnectAsync(address, _relay!.Port, Cancel);
            return client;
        }
        catch (SocketException)
        {
            client.Dispose();
            throw;
        }
    }

    private static byte[] RandomBytes(int length)
    {
        var bytes = new byte[length];
        Random.Shared.NextBytes(bytes);
        return bytes;
    }

    private static async Task<byte[]> SendAndEndAsync(Socket socket, byte[] bytes)
    {
        for (var sent = 0; sent < bytes.Length;)
        {
            sent += await socket.SendAsync(bytes.AsMemory(sent), Cancel);
        }

        socket.Shutdown(SocketShutdown.Send);
        return [];
    }

    private static async Task<byte[]> ReceiveToEndAsync(Socket socket)
    {
        var received = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (await socket.ReceiveAsync(buffer, Cancel) is > 0 and var read)
        {
            received.Write(buffer, 0, read);
        }

        return received.ToArray();
    }
}
