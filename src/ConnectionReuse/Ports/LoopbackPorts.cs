using System.Net;
using System.Net.Sockets;

namespace ConnectionReuse.Ports;

/// <summary>Finds ports for servers that listen on both loopback addresses.</summary>
internal static class LoopbackPorts
{
    private const int Attempts = 20;
    private const int Discard = 9; // any port will do: nothing is sent

    /// <summary>A port that is free on 127.0.0.1 and, where the machine has it, on ::1.</summary>
    /// <exception cref="IOException">None was found.</exception>
    public static int Free()
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            using var v4 = Bound(IPAddress.Loopback, 0);
            var port = ((IPEndPoint)v4.LocalEndPoint!).Port;
            if (!Socket.OSSupportsIPv6)
            {
                return port;
            }

            try
            {
                using var v6 = Bound(IPAddress.IPv6Loopback, port);
                return port;
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressNotAvailable)
            {
                return port; // IPv6 is built in, but this machine has no ::1
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
            {
                // taken on ::1 only: another try
            }
        }

        throw new IOException($"no port is free on both loopback addresses ({Attempts} tries)");
    }

    /// <summary>Why nobody can reach a server on loopback here; null where they can.</summary>
    public static string? Unusable() => Unusable(IPAddress.Loopback);

    /// <summary>Why nobody can reach a server at an address; null where they can.</summary>
    internal static string? Unusable(IPAddress address)
    {
        try
        {
            using var asking = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            asking.Connect(new IPEndPoint(address, Discard)); // looks for a way there, and sends nothing
            return null;
        }
        catch (SocketException e)
        {
            return $"there is no way to {address}, where the local servers listen ({e.SocketErrorCode}): is the loopback interface up, with that address? On Linux: ip link set lo up; ip address add {address}/8 dev lo";
        }
    }

    private static Socket Bound(IPAddress address, int port)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(address, port));
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
