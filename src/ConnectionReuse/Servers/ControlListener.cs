using System.Net;
using System.Net.Sockets;
using ConnectionReuse.Connections;
using ConnectionReuse.Memory;

namespace ConnectionReuse.Servers;

/// <summary>
/// Answers a client's questions about the counters over a connection of its own: one line with a target id in, one
/// line with the counts (<see cref="CountsLine"/>) out, which also marks a new epoch. Asked for
/// the memory it collects its garbage and answers with what it holds (<see cref="ProcessMemory"/>).
/// </summary>
internal sealed class ControlListener : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly LocalServers _servers;
    private readonly Task _accepting;

    /// <summary>Starts listening on a free loopback port.</summary>
    public ControlListener(LocalServers servers)
    {
        _servers = servers;
        _listener.Start();
        _accepting = AcceptAsync(_stopping.Token);
    }

    /// <summary>The port it listens on.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

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
                var client = await _listener.AcceptTcpClientAsync(cancellationToken);
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
                while (await reader.ReadLineAsync(cancellationToken) is { } question)
                {
                    var answer = question == ServerControl.MemoryQuestion ? ProcessMemory.AfterFullCollection().ToLine()
                        : _servers.ByTarget.TryGetValue(question, out var server) ? CountsLine.Of(server.Counter.Mark())
                        : string.Empty;
                    await writer.WriteLineAsync(answer.AsMemory(), cancellationToken);
                }
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // the client is gone, or the server stops: nobody is left to answer
        }
    }
}
