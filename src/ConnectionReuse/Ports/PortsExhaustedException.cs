using System.Net;

namespace ConnectionReuse.Ports;

/// <summary>The client ports towards a destination do not suffice: its message says how many there are and what to do, in one line.</summary>
internal sealed class PortsExhaustedException : IOException
{
    internal PortsExhaustedException(IPEndPoint destination, int needed, PortUse use)
        : base($"{needed} client ports towards {destination} are needed, and {use.Free} of {use.Total} are free ({use.InTimeWait} sockets in TIME_WAIT): " +
            $"send fewer requests, or try again in {PortBudget.LongestWait.TotalMinutes:0} minutes" +
            (OperatingSystem.IsLinux() ? ", or widen net.ipv4.ip_local_port_range" : string.Empty))
    {
    }
}
