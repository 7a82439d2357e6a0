using System.Net;

namespace ConnectionReuse.Connections;

/// <summary>Where a server process tells what it has counted.</summary>
/// <param name="Address">The IP address, not a name: asking must not warm up the name look-up that a run measures.</param>
/// <param name="Port">The port.</param>
/// <param name="Session">What proves that one belongs to the client whose turn it is; null where nobody needs to, on loopback.</param>
internal sealed record ControlAddress(IPAddress Address, int Port, string? Session = null)
{
    /// <summary>A server process of this machine, which answers whoever can reach loopback.</summary>
    public static ControlAddress OnLoopback(int port) => new(IPAddress.Loopback, port);
}
