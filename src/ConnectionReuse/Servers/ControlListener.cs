using System.Net;
using System.Net.Sockets;

namespace ConnectionReuse.Servers;

/// <summary>Answers the questions of <see cref="ServerDialogue"/> over TCP connections: on loopback to everybody, elsewhere to whom a door lets in.</summary>
internal sealed class ControlListener : IAsyncDisposable
{
    private readonly Socket _listener;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ServerDialogue _dialogue;
    private readonly ControlDoor? _door;
    private Task _accepting = Task.CompletedTask;

    /// <summary>Starts listening on a free loopback port.</summary>
    public ControlListener(LocalServers servers)
        : this(new ServerDialogue(servers), new IPEndPoint(IPAddress.Loopback, 0), door: null)
    {
        Open();
    }

    /// <summary>Binds the port; until <see cref="Open"/> it refuses connections.</summary>
    /// <param name="dialogue">What it answers.</param>
    /// <param name="at">Where it listens.</param>
    /// <param name="door">Lets clients in; null to let everybody in.</param>
    /// <exception cref="SocketException">The port is taken.</exception>
    public ControlListener(ServerDialogue dialogue, IPEndPoint at, ControlDoor? door)
    {
        (_dialogue, _door) = (dialogue, door);
        _listener = new Socket(at.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            _listener.Bind(at);
        }
        catch
        {
            _listener.Dispose();
            throw;
        }
    }

    /// <summary>Listens from here on.</summary>
    /// <exception cref="SocketException">Somebody else listens there meanwhile.</exception>
    public void Open()
    {
        _listener.Listen();
        _accepting = AcceptAsync(_stopping.Token);
    }

    /// <summary>The port it listens on.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _accepting; // first: accepting on a stopped listener is an error
        _listener.Dispose();
        _stopping.Dispose();
    }

    private async Task AcceptAsync(CancellationToken cancellationToken)
    {
        var open = new List<Task>();
        try
        {
            while (true)
            {
                var client = new TcpClient { Client = await _listener.AcceptAsync(cancellationToken) };
                open.RemoveAll(task => task.IsCompleted);
                open.Add(AnswerAsync(client, cancellationToken));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(open);
        }
    }

    private async Task AnswerAsync(TcpClient client, CancellationToken cancellationToken)
    {
        try
        {
            using (client)
            {
                client.NoDelay = true;
                using var reader = new StreamReader(client.GetStream());
                await using var writer = new StreamWriter(client.GetStream()) { AutoFlush = true };
                if (_door is null)
                {
                    await _dialogue.AnswerAsync(reader, writer, cancellationToken);
                    return;
                }

                using var visit = await _door.AdmitAsync(client, reader, writer, cancellationToken);
                if (visit is not null)
                {
                    await _dialogue.AnswerAsync(reader, writer, visit.Ended);
                }
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or SocketException)
        {
            // the client is gone, or the server stops: nobody is left to answer
        }
    }
}
