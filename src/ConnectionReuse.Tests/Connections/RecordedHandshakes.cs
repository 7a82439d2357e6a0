using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using ConnectionReuse.Targets;
using Xunit;

namespace ConnectionReuse.Tests.Connections;

/// <summary>What a real server sent in a handshake, by TLS version and kind.</summary>
public sealed class RecordedHandshakes : IAsyncLifetime
{
    private readonly Dictionary<(SslProtocols, bool), byte[]> _flights = [];
    private readonly TestCertificates _certificates = TestCertificates.Create(TimeProvider.System);

    public byte[] Leaf => _certificates.Leaf.RawData;

    public byte[] Flight(SslProtocols protocol, bool resumed) => _flights[(protocol, resumed)];

    public async ValueTask InitializeAsync()
    {
        var context = SslStreamCertificateContext.Create(_certificates.Leaf, null, offline: true);
        foreach (var protocol in (SslProtocols[])[SslProtocols.Tls12, SslProtocols.Tls13])
        {
            _flights[(protocol, false)] = await RecordAsync(context, protocol, allowResume: false);
            await RecordAsync(context, protocol, allowResume: true); // leaves the session for the next one
            _flights[(protocol, true)] = await RecordAsync(context, protocol, allowResume: true);
        }
    }

    public ValueTask DisposeAsync()
    {
        _certificates.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<byte[]> RecordAsync(SslStreamCertificateContext context, SslProtocols protocol, bool allowResume)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var client = new TcpClient();
        await client.ConnectAsync((IPEndPoint)listener.LocalEndpoint);
        using var accepted = await listener.AcceptTcpClientAsync();

        var sent = new RecordingStream(accepted.GetStream());
        await using var server = new SslStream(sent);
        await using var tls = new SslStream(client.GetStream());
        await Task.WhenAll(
            server.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificateContext = context, EnabledSslProtocols = protocol }),
            tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = "localhost",
                EnabledSslProtocols = protocol,
                AllowTlsResume = allowResume,
                CertificateChainPolicy = new TrustedRoot(_certificates.Authority.ExportCertificatePem()).ChainPolicy(),
            }));

        // A client of TLS 1.3 gets its session with the first data.
        await server.WriteAsync(new byte[1]);
        await tls.ReadExactlyAsync(new byte[1]);
        return sent.Written.ToArray();
    }

    private sealed class RecordingStream(Stream inner) : Stream
    {
        public MemoryStream Written { get; } = new();

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            inner.ReadAsync(buffer, cancellationToken);

        public override void Write(byte[] buffer, int offset, int count)
        {
            Written.Write(buffer, offset, count);
            inner.Write(buffer, offset, count);
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Written.Write(buffer.Span);
            return inner.WriteAsync(buffer, cancellationToken);
        }

        public override void Flush() => inner.Flush();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
