using System.Collections.Concurrent;
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
/// <param name="respond">What is sent for a request; null for 200.</param>
/// <param name="tls">Null for plain HTTP.</param>
/// <param name="idle">How long a connection is kept without a request; null for ever.</param>
internal sealed class RecordingServer(Func<RecordedRequest, string>? respond = null, SslServerAuthenticationOptions? tls = null, TimeSpan? idle = null) : SocketServer
{
    private readonly ConcurrentQueue<RecordedRequest> _requests = new();

    public Uri Uri => new($"{(tls is null ? "http" : "https")}://localhost:{Port}/");

    public Target Target => new(TargetIds.Real, Uri);

    public IReadOnlyCollection<RecordedRequest> Requests => _requests;

    protected override async Task ServeAsync(NetworkStream stream, int connection, CancellationToken cancellationToken)
    {
        await using var spoken = await SpokenAsync(stream, cancellationToken);
        while (await NextAsync(spoken, connection, cancellationToken) is { } request)
        {
            _requests.Enqueue(request);
            await spoken.WriteAsync(Encoding.Latin1.GetBytes(respond?.Invoke(request) ?? CannedServer.Response("200 OK", "ok")), cancellationToken);
        }
    }

    private async Task<RecordedRequest?> NextAsync(Stream stream, int connection, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(idle ?? Timeout.InfiniteTimeSpan);
        return await HttpText.ReadAsync(stream, connection, patience.Token);
    }

    private async Task<Stream> SpokenAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        if (tls is null)
        {
            return stream;
        }

        var secured = new SslStream(stream);
        await secured.AuthenticateAsServerAsync(tls, cancellationToken);
        return secured;
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
