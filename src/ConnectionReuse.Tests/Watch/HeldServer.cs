using System.Net.Sockets;
using System.Text;
using ConnectionReuse.Tests.Servers;

namespace ConnectionReuse.Tests.Watch;

/// <summary>A server that keeps its first response back until it is told to go on.</summary>
internal sealed class HeldServer : SocketServer
{
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Uri Uri => new($"http://127.0.0.1:{Port}/secret-path");

    /// <summary>Completes with the first request.</summary>
    public Task Asked => _asked.Task;

    public void GoOn() => _goOn.TrySetResult();

    protected override async Task ServeAsync(NetworkStream stream, int connection, CancellationToken cancellationToken)
    {
        var buffer = new byte[4096];
        while (await stream.ReadAsync(buffer, cancellationToken) > 0) // a request of a test is one segment
        {
            _asked.TrySetResult();
            await _goOn.Task.WaitAsync(cancellationToken);
            await stream.WriteAsync(Encoding.ASCII.GetBytes(CannedServer.Response("200 OK", "x")), cancellationToken);
        }
    }
}
