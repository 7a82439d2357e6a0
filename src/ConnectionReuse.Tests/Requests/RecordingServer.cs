using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using ConnectionReuse.Results;
using ConnectionReuse.Targets;
using ConnectionReuse.Tests.Servers;

namespace ConnectionReuse.Tests.Requests;

/// <summary>A request as it arrived.</summary>
internal sealed record RecordedRequest(int Connection, string Method, string Path, IReadOnlyList<(string Name, string Value)> Headers, string Body)
{
    public string? this[string name] => Headers.Where(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value).SingleOrDefault();
}

/// <summary>Answers over bare sockets, with TLS or without, and keeps each request that arrived, byte for byte.</summary>
internal sealed class RecordingServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentQueue<RecordedRequest> _requests = new();
    private readonly Func<RecordedRequest, string> _respond;
    private readonly SslServerAuthenticationOptions? _tls;
    private readonly TimeSpan _idle;
    private readonly Task _serving;
    private int _connections;

    /// <param name="respond">What is sent for a request; null for 200.</param>
    /// <param name="tls">Null for plain HTTP.</param>
    /// <param name="idle">How long a connection is kept without a request; null for ever.</param>
    public RecordingServer(Func<RecordedRequest, string>? respond = null, SslServerAuthenticationOptions? tls = null, TimeSpan? idle = null)
    {
        _respond = respond ?? (_ => CannedServer.Response("200 OK", "ok"));
        (_tls, _idle) = (tls, idle ?? Timeout.InfiniteTimeSpan);
        _listener.Start();
        _serving = ServeAsync(_stopping.Token);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public Uri Uri => new($"{(_tls is null ? "http" : "https")}://localhost:{Port}/");

    public Target Target => new(TargetIds.Real, Uri);

    public IReadOnlyCollection<RecordedRequest> Requests => _requests;

    public int Connections => Volatile.Read(ref _connections);

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
                connections.Add(AnswerAsync(await _listener.AcceptTcpClientAsync(cancellationToken), Interlocked.Increment(ref _connections), cancellationToken));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task AnswerAsync(TcpClient client, int connection, CancellationToken cancellationToken)
    {
        using (client)
        {
            try
            {
                await using var stream = await StreamAsync(client, cancellationToken);
                while (await NextAsync(stream, connection, cancellationToken) is { } request)
                {
                    _requests.Enqueue(request);
                    await stream.WriteAsync(Encoding.Latin1.GetBytes(_respond(request)), cancellationToken);
                }
            }
            catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or System.Security.Authentication.AuthenticationException)
            {
                // the client is gone, refused, or the test is over
            }
        }
    }

    private async Task<RecordedRequest?> NextAsync(Stream stream, int connection, CancellationToken cancellationToken)
    {
        using var idle = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        idle.CancelAfter(_idle);
        return await HttpText.ReadAsync(stream, connection, idle.Token);
    }

    private async Task<Stream> StreamAsync(TcpClient client, CancellationToken cancellationToken)
    {
        if (_tls is null)
        {
            return client.GetStream();
        }

        var tls = new SslStream(client.GetStream());
        await tls.AuthenticateAsServerAsync(_tls, cancellationToken);
        return tls;
    }
}

/// <summary>HTTP/1.1 as text.</summary>
internal static class HttpText
{
    /// <summary>Reads a request; null at the end of the connection.</summary>
    public static async Task<RecordedRequest?> ReadAsync(Stream stream, int connection, CancellationToken cancellationToken)
    {
        var bytes = new List<byte>();
        var one = new byte[1];
        while (bytes.Count < 4 || !bytes[^4..].SequenceEqual("\r\n\r\n"u8.ToArray()))
        {
            if (await stream.ReadAsync(one, cancellationToken) == 0)
            {
                return null;
            }

            bytes.Add(one[0]);
        }

        var lines = Encoding.Latin1.GetString([.. bytes]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var headers = lines.Skip(1).Select(line => line.Split(": ", 2)).Select(parts => (Name: parts[0], Value: parts.ElementAtOrDefault(1) ?? string.Empty)).ToArray();
        var length = headers.Where(header => header.Name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase)).Select(header => int.Parse(header.Value, null)).SingleOrDefault();
        var body = new byte[length];
        await stream.ReadExactlyAsync(body, cancellationToken);
        var words = lines[0].Split(' ');
        return new RecordedRequest(connection, words[0], words[1], headers, Encoding.Latin1.GetString(body));
    }

    /// <summary>Options of a server of TLS.</summary>
    public static SslServerAuthenticationOptions Tls(X509Certificate2 leaf, X509Certificate2? clientAuthority = null) => new()
    {
        ServerCertificate = leaf,
        ClientCertificateRequired = clientAuthority is not null,
        RemoteCertificateValidationCallback = clientAuthority is null ? null : (_, certificate, _, _) =>
        {
            using var chain = new X509Chain { ChainPolicy = new TrustedRoot(clientAuthority.ExportCertificatePem()).ChainPolicy() };
            return certificate is X509Certificate2 own && chain.Build(own);
        },
    };
}
