using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ConnectionReuse.Tests.Requests;

/// <summary>A small proxy: tunnels with CONNECT, passes plain HTTP on, wants credentials or refuses as told.</summary>
internal sealed class ProxyServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentQueue<string> _asked = new();
    private readonly string? _credentials;
    private readonly string? _refusal;
    private readonly Task _serving;

    /// <param name="credentials"><c>user:password</c> that it wants; null for none.</param>
    /// <param name="refusal">The status that it answers everything with; null to serve.</param>
    public ProxyServer(string? credentials = null, string? refusal = null)
    {
        (_credentials, _refusal) = (credentials, refusal);
        _listener.Start();
        _serving = ServeAsync(_stopping.Token);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Method and target of each request that it served.</summary>
    public IReadOnlyCollection<string> Served => _asked;

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
                connections.Add(ConnectionAsync(await _listener.AcceptTcpClientAsync(cancellationToken), cancellationToken));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ConnectionAsync(TcpClient client, CancellationToken cancellationToken)
    {
        using (client)
        {
            try
            {
                await using var stream = client.GetStream();
                while (await HttpText.ReadAsync(stream, 0, cancellationToken) is { } request)
                {
                    if (Refusal(request) is { } refusal)
                    {
                        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {refusal}\r\nContent-Length: 0\r\nProxy-Authenticate: Basic realm=\"test\"\r\n\r\n"), cancellationToken);
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
            catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
            {
                // an end is gone, or the test is over
            }
        }
    }

    private string? Refusal(RecordedRequest request) => _refusal
        ?? (_credentials is not null && request["Proxy-Authorization"] != $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(_credentials))}" ? "407 Proxy Authentication Required" : null);

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
