using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using ConnectionReuse.Targets;

namespace ConnectionReuse.Clients;

/// <summary>
/// A bare connection that sends the very bytes HttpClient sends and reads the response without parsing it: the limit
/// that the other patterns are held against. Blocking calls, because nothing faster exists for one request at a time.
/// </summary>
internal sealed class FloorConnection : IDisposable
{
    /// <summary>Why no other server can be asked.</summary>
    public const string OneAnswer = "it reads the very bytes that the local targets send, and no other answer";

    private static ReadOnlySpan<byte> StatusLine => "HTTP/1.1 200 "u8;
    private static ReadOnlySpan<byte> LastChunk => "\r\n0\r\n\r\n"u8;

    private readonly Stream _stream;
    private readonly byte[] _buffer = new byte[4096];

    private FloorConnection(Stream stream) => _stream = stream;

    /// <summary>Connects to the target's address and, for https, completes the TLS handshake.</summary>
    public static FloorConnection Open(Target target, IPEndPoint endPoint, bool allowTlsResume)
    {
        var timeout = (int)target.Timeout.TotalMilliseconds;
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp)
        {
            NoDelay = true,
            ReceiveTimeout = timeout,
            SendTimeout = timeout,
        };
        try
        {
            socket.Connect(endPoint);
            var stream = new NetworkStream(socket, ownsSocket: true);
            return new FloorConnection(target.IsTls ? Authenticated(stream, target, allowTlsResume) : stream);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>The request as HttpClient writes it.</summary>
    public static byte[] Request(Target target) =>
        Encoding.ASCII.GetBytes($"GET {target.Uri.PathAndQuery} HTTP/1.1\r\nHost: {target.Uri.Authority}\r\n\r\n");

    /// <summary>Sends the request and reads until the last chunk of the response.</summary>
    /// <exception cref="ExchangeException">Something else than the expected response arrived.</exception>
    public void Exchange(byte[] request)
    {
        _stream.Write(request);
        var length = 0;
        do
        {
            var read = _stream.Read(_buffer.AsSpan(length));
            if (read == 0)
            {
                throw new ExchangeException("the server closed the connection within a response");
            }

            length += read;
        }
        while (!_buffer.AsSpan(0, length).EndsWith(LastChunk));

        if (!_buffer.AsSpan().StartsWith(StatusLine) || !_buffer.AsSpan(0, length).EndsWith(LocalResponse.LastBytes))
        {
            throw new ExchangeException("the response is not the one that the local targets send");
        }
    }

    public void Dispose() => _stream.Dispose();

    private static SslStream Authenticated(Stream stream, Target target, bool allowTlsResume)
    {
        var tls = new SslStream(stream, leaveInnerStreamOpen: false);
        tls.AuthenticateAsClient(new SslClientAuthenticationOptions
        {
            TargetHost = target.Uri.Host,
            AllowTlsResume = allowTlsResume,
            CertificateChainPolicy = target.Trust?.ChainPolicy(),
        });
        return tls;
    }
}
