using System.Net;
using System.Net.Sockets;

namespace ConnectionReuse.Tests.Servers;

/// <summary>A server over bare sockets on a free port of loopback: what it says to a connection is its own.</summary>
internal abstract class SocketServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _serving;
    private int _connections;

    protected SocketServer()
    {
        _listener.Start();
        _serving = AcceptAsync(_stopping.Token);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Connections accepted so far.</summary>
    public int Connections => Volatile.Read(ref _connections);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _serving;
        _listener.Dispose();
        _stopping.Dispose();
    }

    /// <summary>Serves a connection until it ends. What ends it early, a client that is gone or the end of the test, may be thrown.</summary>
    /// <param name="stream">The connection.</param>
    /// <param name="connection">Its number, from 1.</param>
    /// <param name="cancellationToken">The end of the test.</param>
    protected abstract Task ServeAsync(NetworkStream stream, int connection, CancellationToken cancellationToken);

    private async Task AcceptAsync(CancellationToken cancellationToken)
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(cancellationToken), Interlocked.Increment(ref _connections), cancellationToken));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(TcpClient client, int connection, CancellationToken cancellationToken)
    {
        using (client)
        {
            try
            {
                await using var stream = client.GetStream();
                await ServeAsync(stream, connection, cancellationToken);
            }
            catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException or System.Security.Authentication.AuthenticationException)
            {
                // the client is gone or refused, or the test is over
            }
        }
    }
}
