using System.Buffers.Binary;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace ConnectionReuse.Tests.Diagnosis;

/// <summary>HTTP/2 frame for frame, in the clear or over TLS: answers so many streams of a connection with an empty 200, then says GOAWAY and closes.</summary>
internal sealed class GoAwayServer : IAsyncDisposable
{
    private const int Preface = 24;
    private const int Header = 9;
    private const byte Headers = 1;
    private const byte Settings = 4;
    private const byte GoAway = 7;
    private const byte Acknowledged = 1;
    private const byte EndsHeadersAndStream = 5;
    private const byte Status200 = 0x88; // the static table's entry, RFC 7541 A

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly int _streams;
    private readonly X509Certificate2? _certificate;
    private readonly Task _serving;

    public GoAwayServer(int streams, X509Certificate2? certificate = null)
    {
        (_streams, _certificate) = (streams, certificate);
        _listener.Start();
        _serving = ServeAsync();
    }

    public Uri Uri => new($"{(_certificate is null ? "http" : "https")}://localhost:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _serving;
        _listener.Dispose();
        _stopping.Dispose();
    }

    private async Task ServeAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(AnswerAsync(await _listener.AcceptTcpClientAsync(_stopping.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task AnswerAsync(TcpClient connection)
    {
        using (connection)
        {
            try
            {
                await using var stream = await SpokenAsync(connection.GetStream());
                await stream.ReadExactlyAsync(new byte[Preface], _stopping.Token);
                await stream.WriteAsync(Frame(Settings, 0, 0), _stopping.Token);
                var answered = 0;
                while (answered < _streams)
                {
                    var header = new byte[Header];
                    await stream.ReadExactlyAsync(header, _stopping.Token);
                    await stream.ReadExactlyAsync(new byte[BinaryPrimitives.ReadInt32BigEndian(header) >>> 8], _stopping.Token);
                    var id = BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(5));
                    if (header[3] == Settings && header[4] != Acknowledged)
                    {
                        await stream.WriteAsync(Frame(Settings, Acknowledged, 0), _stopping.Token);
                    }
                    else if (header[3] == Headers)
                    {
                        answered++;
                        await stream.WriteAsync(Frame(Headers, EndsHeadersAndStream, id, Status200), _stopping.Token);
                        if (answered == _streams)
                        {
                            await stream.WriteAsync(Frame(GoAway, 0, 0, [0, 0, 0, (byte)id, 0, 0, 0, 0]), _stopping.Token);
                        }
                    }
                }

                await stream.ReadAtLeastAsync(new byte[1024], 1, throwOnEndOfStream: false, _stopping.Token); // what the client still says, so that closing resets nothing
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or AuthenticationException)
            {
                // the client is gone, or the test is over
            }
        }
    }

    private async Task<Stream> SpokenAsync(NetworkStream transport)
    {
        if (_certificate is null)
        {
            return transport;
        }

        var tls = new SslStream(transport);
        await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate, ApplicationProtocols = [SslApplicationProtocol.Http2] }, _stopping.Token);
        return tls;
    }

    private static byte[] Frame(byte type, byte flags, int stream, params byte[] payload)
    {
        var frame = new byte[Header + payload.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, payload.Length << 8);
        frame[3] = type;
        frame[4] = flags;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), stream);
        payload.CopyTo(frame, Header);
        return frame;
    }
}
