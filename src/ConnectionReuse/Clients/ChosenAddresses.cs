using System.Net;
using System.Net.Sockets;
using ConnectionReuse.Targets;

namespace ConnectionReuse.Clients;

/// <summary>Connects to the addresses that the user chose for some hosts, and to all others as SocketsHttpHandler does.</summary>
/// <param name="own">What was chosen.</param>
internal sealed class ChosenAddresses(OwnRequest own)
{
    /// <summary>A <see cref="SocketsHttpHandler.ConnectCallback"/>.</summary>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var asked = context.DnsEndPoint;
        EndPoint endPoint = own.AddressOf(asked.Host, asked.Port) is { } address ? new IPEndPoint(IPAddress.Parse(address), asked.Port) : asked;
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(endPoint, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
