using System.Net;
using System.Net.Sockets;
using ConnectionReuse.Bench.Running;

namespace ConnectionReuse.Bench.Serve;

/// <summary>The ports of servers that clients must know beforehand.</summary>
internal static class FreePorts
{
    /// <summary>Checks that a row of ports is free, before a process is started that would only say that one is not.</summary>
    /// <param name="address">The address.</param>
    /// <param name="first">The first of them.</param>
    /// <param name="count">How many.</param>
    /// <exception cref="UserException">One is taken, or may not be used.</exception>
    public static void Ensure(IPAddress address, int first, int count)
    {
        ArgumentNullException.ThrowIfNull(address);
        foreach (var port in Enumerable.Range(first, count))
        {
            using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Bind(new IPEndPoint(address, port));
                socket.Listen();
            }
            catch (SocketException e)
            {
                var why = e.SocketErrorCode == SocketError.AddressAlreadyInUse ? "is taken" : $"cannot be used ({e.SocketErrorCode})";
                throw new UserException(ExitCode.CouldNotMeasure, $"port {port} of {address} {why}: --port names the first of {count} in a row, the control's and those of the targets");
            }
        }
    }
}
