using System.Net;
using System.Net.Sockets;
using System.Text;
using ConnectionReuse.Tests.Servers;

namespace ConnectionReuse.Tests.Watch;

/// <summary>A server that keeps its first response back until it is told to go on.</summary>
internal sealed class HeldServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _serving;

    public HeldServer()
    {
        _listener.Start();
        _serving = ServeAsync(_stopping.Token);
    }

    public Uri Uri => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/secret-path");

    /// <summary>Completes with the first request.</summary>
    public Task Asked => _asked.Task;

    public void GoOn() => _goOn.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _serving;
        _listener.Dispose();
        _stopping.Dispose();
    }

    private async Task ServeAsync(CancellationToken cancellationToken)
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(AnswerAsync(await _listener.AcceptSocketAsync(cancellationToken), cancellationToken));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task AnswerAsync(Socket connection, CancellationToken cancellationToken)
    {
        using (connection)
        {
            var buffer = new byte[4096];
            try
            {
                while (await connection.ReceiveAsync(buffer, cancellationToken) > 0) // a request of a test is one segment
                {
                    _asked.TrySetResult();
                    await _goOn.Task.WaitAsync(cancellationToken);
                    await connection.SendAsync(Encoding.ASCII.GetBytes(CannedServer.Response("200 OK", "x")), cancellationToken);
                }
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException)
            {
                // the client is gone, or the test is over
            }
        }
    }
}
