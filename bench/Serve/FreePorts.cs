using System.Net;
using System.Net.Sockets;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Results;

namespace ConnectionReuse.Bench.Serve;

/// <summary>The ports of servers that clients must know beforehand.</summary>
internal static class FreePorts
{
    /// <summary>Checks that a row of ports is free, before a process is started that would only say that one is not.</summary>
    /// <param name="address">The address.</param>
    /// <param name="first">The first of them, the control's.</param>
    /// <param name="targets">The targets, in the order of their ports.</param>
    /// <exception cref="UserException">One is taken, or may not be used.</exception>
    public static void Ensure(IPAddress address, int first, IReadOnlyList<string> targets)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(targets);
        foreach (var (port, isQuic) in targets.Select((id, index) => (first + 1 + index, id == TargetIds.KestrelHttp3)).Prepend((first, false)))
        {
            using var socket = isQuic ? new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp) : new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Bind(new IPEndPoint(address, port));
                if (!isQuic)
                {
                    socket.Listen();
                }
            }
            catch (SocketException e)
            {
                var why = e.SocketErrorCode == SocketError.AddressAlreadyInUse ? "is taken" : $"cannot be used ({e.SocketErrorCode})";
                throw new UserException(ExitCode.CouldNotMeasure, $"port {port} of {address} {why}: --port names the first of {targets.Count + 1} in a row, the control's and those of the targets");
            }
        }
    }
}
