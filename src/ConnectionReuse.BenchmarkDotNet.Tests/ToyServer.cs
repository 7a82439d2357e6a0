using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ConnectionReuse.BenchmarkDotNet.Tests;

/// <summary>Answers every request with {} and keeps its connections open; with or without TLS.</summary>
internal sealed class ToyServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public ToyServer(bool tls)
    {
        Certificate = tls ? NewCertificate() : null;
        _listener.Start();
        Address = new Uri($"{(tls ? "https" : "http")}://localhost:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _ = AcceptAsync();
    }

    public Uri Address { get; }

    /// <summary>What the server shows, to be trusted by its clients; null without TLS.</summary>
    public X509Certificate2? Certificate { get; }

    public void Dispose()
    {
        _listener.Dispose();
        Certificate?.Dispose();
    }

    private static X509Certificate2 NewCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }

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

    private async Task AnswerAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                await using Stream stream = Certificate is null ? client.GetStream() : new SslStream(client.GetStream());
                if (stream is SslStream secured)
                {
                    await secured.AuthenticateAsServerAsync(Certificate!);
                }

                using var requests = new StreamReader(stream);
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
