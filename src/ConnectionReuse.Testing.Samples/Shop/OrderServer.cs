using System.Net;
using System.Net.Sockets;

namespace ConnectionReuse.Testing.Samples;

/// <summary>The server that the samples order from: it answers every request with {} and keeps its connections open.</summary>
internal sealed class OrderServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public OrderServer()
    {
        _listener.Start();
        Address = new Uri($"http://{_listener.LocalEndpoint}");

        // In a flow of its own: a server belongs to no test.
        using (ExecutionContext.SuppressFlow())
        {
            _ = AcceptAsync();
        }
    }

    public Uri Address { get; }

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = AnswerAsync(await _listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException)
        {
        }
    }

    private static async Task AnswerAsync(TcpClient client)
    {
        using (client)
        await using (var stream = client.GetStream())
        {
            using var requests = new StreamReader(stream);
            try
            {
                while (await requests.ReadLineAsync() is { } line)
                {
                    if (line.Length == 0)
                    {
                        await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"u8.ToArray());
                    }
                }
            }
            catch (IOException)
            {
                // The client went without a word.
            }
        }
    }
}
