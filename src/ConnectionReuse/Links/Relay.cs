using System.Net;
using System.Net.Sockets;
using ConnectionReuse.Ports;

namespace ConnectionReuse.Links;

/// <summary>
/// A <see cref="Link"/> in front of a local server, in user space and without privileges: a port that forwards bytes
/// untouched, each direction on its own <see cref="SendWindow"/>. The kernel answers a client's SYN before the relay
/// hears of it, so the round trip of the TCP handshake is charged to the first bytes of the client: whatever it does
/// after its connect returns, it does one round trip early, and that is given back there.
/// </summary>
internal sealed class Relay : IAsyncDisposable
{
    private const int Backlog = 512;

    private readonly Link _link;
    private readonly IPEndPoint _target;
    private readonly PreciseTimer _timer;
    private readonly List<Socket> _listeners = [];
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _accepting;

    private Relay(Link link, IPEndPoint target, PreciseTimer timer, int port)
    {
        _link = link;
        _target = target;
        _timer = timer;
        Port = port;
        try
        {
            Listen(IPAddress.Loopback);
            if (Socket.OSSupportsIPv6)
            {
                ListenWhereThere(IPAddress.IPv6Loopback);
            }
        }
        catch
        {
            _listeners.ForEach(listener => listener.Dispose());
            throw;
        }

        _accepting = Task.WhenAll(_listeners.Select(listener => AcceptAsync(listener, _stopping.Token)));
    }

    /// <summary>The port that it listens on, on 127.0.0.1 and, where the machine has it, ::1.</summary>
    public int Port { get; }

    /// <summary>Starts listening on a free port.</summary>
    /// <param name="link">What to emulate.</param>
    /// <param name="target">Whom to forward to.</param>
    /// <param name="timer">What to wait by; it must outlive the relay.</param>
    /// <exception cref="IOException">No port could be bound.</exception>
    public static Relay Start(Link link, IPEndPoint target, PreciseTimer timer)
    {
        var port = LoopbackPorts.Free();
        try
        {
            return new Relay(link, target, timer, port);
        }
        catch (SocketException e)
        {
            throw new IOException($"cannot listen on port {port}: {e.Message}", e);
        }
    }

    /// <summary>Stops listening and closes every relayed connection.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_stopping.IsCancellationRequested)
        {
            return;
        }

        await _stopping.CancelAsync();
        await _accepting; // first: accepting on a closed listener is an error
        _listeners.ForEach(listener => listener.Dispose());
        _stopping.Dispose();
    }

    private void Listen(IPAddress address)
    {
        var listener = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        _listeners.Add(listener);
        listener.Bind(new IPEndPoint(address, Port));
        listener.Listen(Backlog);
    }

    private void ListenWhereThere(IPAddress address)
    {
        try
        {
            Listen(address);
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressNotAvailable)
        {
            _listeners[^1].Dispose();
            _listeners.RemoveAt(_listeners.Count - 1);
        }
    }

    private async Task AcceptAsync(Socket listener, CancellationToken cancellationToken)
    {
        var open = new List<Task>();
        try
        {
            while (true)
            {
                var client = await listener.AcceptAsync(cancellationToken);
                open.RemoveAll(task => task.IsCompleted);
                open.Add(ForwardAsync(client, cancellationToken));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(open);
        }
    }

    private async Task ForwardAsync(Socket client, CancellationToken cancellationToken)
    {
        var accepted = PreciseTimer.Now;
        using var server = new Socket(_target.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        using (client)
        {
            client.NoDelay = server.NoDelay = true;
            using var up = new RelayFlow(first => new SendWindow(_link, opens: first + _link.RoundTripTime), _timer);

            // A server hears that a connection is established with the third segment of its handshake.
            using var down = new RelayFlow(_ => new SendWindow(_link, opens: accepted + (_link.RoundTripTime * 1.5)), _timer);

            var reading = up.FillAsync(client, cancellationToken); // at once: the time of the first bytes counts
            try
            {
                await server.ConnectAsync(_target, cancellationToken);
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException)
            {
                client.Close(timeout: 0);
                server.Close(timeout: 0); // the kernel may have connected it already
                await reading;
                return;
            }

            await Task.WhenAll(
                reading,
                up.DrainAsync(server, cancellationToken),
                down.FillAsync(server, cancellationToken),
                down.DrainAsync(client, cancellationToken));
        }
    }
}
