using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using ConnectionReuse.Results;
using ConnectionReuse.Targets;

namespace ConnectionReuse.Tests.Servers;

/// <summary>Answers each request with the same text, keeps what it was asked, and treats the connection as told.</summary>
/// <param name="answer">What is sent for a request.</param>
/// <param name="afterwards">What is done to the connection then; null keeps it open for the next request.</param>
internal sealed class CannedServer(string answer, Action<Socket>? afterwards = null) : SocketServer
{
    private readonly ConcurrentQueue<string> _requests = new();

    public Uri Uri => new($"http://localhost:{Port}/");

    public Target Target => new(TargetIds.Real, Uri);

    public IReadOnlyCollection<string> Requests => _requests;

    /// <summary>Closes a connection with RST instead of FIN.</summary>
    public static void Reset(Socket connection) => connection.Close(timeout: 0);

    public static string Response(string status, string body, params string[] headers) =>
        $"HTTP/1.1 {status}\r\nContent-Length: {body.Length}\r\n{string.Concat(headers.Select(header => header + "\r\n"))}\r\n{body}";

    protected override async Task ServeAsync(NetworkStream stream, int connection, CancellationToken cancellationToken)
    {
        var buffer = new byte[4096];
        var length = 0;
        while (await stream.ReadAsync(buffer.AsMemory(length), cancellationToken) is > 0 and var read)
        {
            length += read;
            if (!buffer.AsSpan(0, length).EndsWith("\r\n\r\n"u8))
            {
                continue;
            }

            _requests.Enqueue(Encoding.ASCII.GetString(buffer, 0, length));
            length = 0;
            await stream.WriteAsync(Encoding.ASCII.GetBytes(answer), cancellationToken);
            if (afterwards is not null)
            {
                afterwards(stream.Socket);
                return;
            }
        }
    }
}
