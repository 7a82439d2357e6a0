using System.Net;
using System.Net.Sockets;

namespace ConnectionReuse.Tests.Servers;

/// <summary>Free ports in a row, for a control and the targets that follow it.</summary>
internal static class FreeBlock
{
    private const int Ports = 8;
    private const int Lowest = 20_000;
    private const int Highest = 32_000; // above, the kernel hands them out, and somebody may get one meanwhile

    public static int First()
    {
        while (true)
        {
            var first = Random.Shared.Next(Lowest, Highest - Ports);
            if (Enumerable.Range(first, Ports).All(IsFree))
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
