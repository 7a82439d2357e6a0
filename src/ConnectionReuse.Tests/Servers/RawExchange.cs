using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using ConnectionReuse.Clients;
using ConnectionReuse.Targets;
using Xunit;

namespace ConnectionReuse.Tests.Servers;

/// <summary>One request over a bare socket, with the bytes of both directions.</summary>
internal sealed record RawExchange(byte[] Request, string Response)
{
    public static async Task<RawExchange> SendAsync(Target target, IPAddress address, CancellationToken cancellationToken)
    {
        using var client = new TcpClient(address.AddressFamily);
        await client.ConnectAsync(address, target.Uri.Port, cancellationToken);
        await using Stream stream = target.IsTls ? new SslStream(client.GetStream()) : client.GetStream();
        if (stream is SslStream tls)
        {
            var options = new SslClientAuthenticationOptions { TargetHost = address.ToString(), CertificateChainPolicy = target.Trust!.ChainPolicy() };
            await tls.AuthenticateAsClientAsync(options, cancellationToken);
        }

        var request = FloorConnection.Request(target);
        await stream.WriteAsync(request, cancellationToken);
        var response = new StringBuilder();
        var buffer = new byte[4096];
        while (!response.ToString().EndsWith("\r\n0\r\n\r\n", StringComparison.Ordinal))
        {
            var read = await stream.ReadAsync(buffer, cancellationToken);
            Assert.NotEqual(0, read);
            response.Append(Encoding.ASCII.GetString(buffer, 0, read));
        }

        return new RawExchange(request, response.ToString());
    }
}
