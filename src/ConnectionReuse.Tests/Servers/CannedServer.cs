using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using ConnectionReuse.Results;
using ConnectionReuse.Targets;

namespace ConnectionReuse.Tests.Servers;

/// <summary>Answers each request with the same text, keeps what it was asked, and treats the connection as told.</summary>
internal sealed class CannedServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentQueue<string> _requests = new();
    private readonly string _answer;
    private readonly Action<Socket>? _afterwards;
    private readonly Task _serving;

    /// <param name="answer">What is sent for a request.</param>
    /// <param name="afterwards">What is done to the connection then; null keeps it open for the next request.</param>
    public CannedServer(string answer, Action<Socket>? afterwards = null)
    {
        _answer = answer;
        _afterwards = afterwards;
        _listener.Start();
        _serving = ServeAsync(_stopping.Token);
    }

    public Uri Uri => new($"http://localhost:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    public Target Target => new(TargetIds.Real, Uri);

    public IReadOnlyCollection<string> Requests => _requests;

    /// <summary>Closes a connection with RST instead of FIN.</summary>
    public static void Reset(Socket connection) => connection.Close(timeout: 0);

    public static string Response(string status, string body, params string[] headers) =>
        $"HTTP/1.1 {status}\r\nContent-Length: {body.Length}\r\n{string.Concat(headers.Select(header => header + "\r\n"))}\r\n{body}";

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
            var length = 0;
            try
            {
                while (await connection.ReceiveAsync(buffer.AsMemory(length), cancellationToken) is > 0 and var read)
                {
                    length += read;
                    if (!buffer.AsSpan(0, length).EndsWith("\r\n\r\n"u8))
                    {
                        continue;
                    }

                    _requests.Enqueue(Encoding.ASCII.GetString(buffer, 0, length));
                    length = 0;
                    await connection.SendAsync(Encoding.ASCII.GetBytes(_answer), cancellationToken);
                    if (_afterwards is not null)
                    {
                        _afterwards(connection);
                        return;
                    }
                }
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException)
            {
                // the client is gone, or the test is over
            }
        }
    }
}
