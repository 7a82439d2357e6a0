using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using ConnectionReuse.Tests.Servers;

namespace ConnectionReuse.Tests.Requests;

/// <summary>A small proxy: tunnels with CONNECT, passes plain HTTP on, wants credentials or refuses as told.</summary>
/// <param name="credentials"><c>user:password</c> that it wants; null for none.</param>
/// <param name="refusal">The status that it answers everything with; null to serve.</param>
internal sealed class ProxyServer(string? credentials = null, string? refusal = null) : SocketServer
{
    private readonly ConcurrentQueue<string> _asked = new();

    /// <summary>Method and target of each request that it served.</summary>
    public IReadOnlyCollection<string> Served => _asked;

    protected override async Task ServeAsync(NetworkStream stream, int connection, CancellationToken cancellationToken)
    {
        while (await HttpText.ReadAsync(stream, connection, cancellationToken) is { } request)
        {
            if (Refusal(request) is { } status)
            {
                await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: 0\r\nProxy-Authenticate: Basic realm=\"test\"\r\n\r\n"), cancellationToken);
                continue;
            }

            _asked.Enqueue($"{request.Method} {request.Path}");
            if (request.Method == "CONNECT")
            {
                await TunnelAsync(stream, request.Path, cancellationToken);
                return;
            }

            await PassOnAsync(stream, request, cancellationToken);
        }
    }

    private string? Refusal(RecordedRequest request) => refusal
        ?? (credentials is not null && request["Proxy-Authorization"] != $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials))}" ? "407 Proxy Authentication Required" : null);

    private static async Task TunnelAsync(NetworkStream stream, string authority, CancellationToken cancellationToken)
    {
        using var server = new TcpClient();
        await server.ConnectAsync(IPAddress.Loopback, int.Parse(authority.Split(':')[1], null), cancellationToken);
        await stream.WriteAsync("HTTP/1.1 200 Connection established\r\n\r\n"u8.ToArray(), cancellationToken);
        await using var there = server.GetStream();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(stream.CopyToAsync(there, ended.Token), there.CopyToAsync(stream, ended.Token));
        await ended.CancelAsync();
    }

    private static async Task PassOnAsync(NetworkStream stream, RecordedRequest request, CancellationToken cancellationToken)
    {
        using var server = new TcpClient();
        var url = new Uri(request.Path);
        await server.ConnectAsync(IPAddress.Loopback, url.Port, cancellationToken);
        await using var there = server.GetStream();
        await there.WriteAsync(Encoding.ASCII.GetBytes($"{request.Method} {url.PathAndQuery} HTTP/1.1\r\nHost: {url.Authority}\r\nConnection: close\r\n\r\n"), cancellationToken);
        var answer = await HttpText.ReadAsync(there, 0, cancellationToken); // status line and headers have a request's form
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {answer!.Path} OK\r\nContent-Length: {answer.Body.Length}\r\n\r\n{answer.Body}"), cancellationToken);
    }
}
