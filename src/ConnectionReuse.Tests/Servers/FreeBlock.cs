using System.Net;
using System.Net.Sockets;
using ConnectionReuse.Ports;

namespace ConnectionReuse.Tests.Servers;

/// <summary>Free ports in a row, for a control and the targets that follow it.</summary>
internal static class FreeBlock
{
    private const int Ports = 8;
    private const int Last = 65_000;

    public static int First()
    {
        while (true)
        {
            var first = LoopbackPorts.Free();
            if (first + Ports <= Last && Enumerable.Range(first, Ports).All(IsFree))
            {
                return first;
            }
        }
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.Any, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
