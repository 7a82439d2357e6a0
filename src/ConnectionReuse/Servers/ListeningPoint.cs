using System.Net;
using ConnectionReuse.Ports;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ConnectionReuse.Servers;

/// <summary>Where a local target listens, and for whom.</summary>
/// <param name="Address">One address of this machine; null for loopback, both of its addresses.</param>
/// <param name="Host">The name that its URL has.</param>
/// <param name="Port">The port.</param>
/// <param name="Peers">Whom it answers; null for everybody who can reach it.</param>
internal sealed record ListeningPoint(IPAddress? Address, string Host, int Port, PeerList? Peers)
{
    /// <summary>A free port on loopback.</summary>
    /// <exception cref="IOException">There is none.</exception>
    public static ListeningPoint OnLoopback() => new(null, "localhost", LoopbackPorts.Free(), null);

    /// <summary>The URL.</summary>
    public Uri Uri(bool tls) => new UriBuilder(tls ? System.Uri.UriSchemeHttps : System.Uri.UriSchemeHttp, Host, Port).Uri;

    /// <summary>The address of the URL that WireMock.Net is given, which takes a name other than localhost for every address of the machine.</summary>
    public string Authority(bool tls) =>
        new UriBuilder(tls ? System.Uri.UriSchemeHttps : System.Uri.UriSchemeHttp, Address?.ToString() ?? "localhost", Port).Uri.GetLeftPart(UriPartial.Authority);

    /// <summary>Lets Kestrel listen there.</summary>
    public void Listen(KestrelServerOptions kestrel, Action<ListenOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(kestrel);
        if (Address is null)
        {
            kestrel.ListenLocalhost(Port, configure);
        }
        else
        {
            kestrel.Listen(Address, Port, configure);
        }
    }

    /// <summary>Cuts connections of whom it does not answer, before anything is read from them.</summary>
    public void Guard(ListenOptions endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        if (Peers is null)
        {
            return;
        }

        endpoint.Use(next => connection =>
        {
            if (MayCome(connection.RemoteEndPoint))
            {
                return next(connection);
            }

            connection.Abort();
            return Task.CompletedTask;
        });
        ((IMultiplexedConnectionBuilder)endpoint).Use(next => connection =>
        {
            if (MayCome(connection.RemoteEndPoint))
            {
                return next(connection);
            }

            connection.Abort();
            return Task.CompletedTask;
        });
    }

    private bool MayCome(EndPoint? from) => from is IPEndPoint { Address: var address } && Peers!.Contains(address);
}
