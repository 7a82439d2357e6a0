using System.Net.NetworkInformation;

namespace ConnectionReuse.Ports;

/// <summary>Sockets that a client has not closed.</summary>
internal static class OpenSockets
{
    /// <summary>The open sockets of this machine towards a port: those on which the peer closed count too, because they still hold a descriptor.</summary>
    public static int Towards(int port) => IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpConnections()
        .Count(connection => connection.RemoteEndPoint.Port == port && connection.State is (TcpState.Established or TcpState.CloseWait));
}
