namespace ConnectionReuse.Connections;

/// <summary>The kernel's own count of connections, over all processes of the machine.</summary>
internal static class KernelConnections
{
    private const string Snmp = "/proc/net/snmp";

    /// <summary><c>ActiveOpens</c> of RFC 4022; null where the platform does not publish it.</summary>
    public static long? ActiveOpens()
    {
        if (!File.Exists(Snmp))
        {
            return null;
        }

        var tcp = File.ReadLines(Snmp).Where(line => line.StartsWith("Tcp:", StringComparison.Ordinal)).Select(line => line.Split(' ')).ToArray();
        var column = tcp.Length == 2 ? Array.IndexOf(tcp[0], "ActiveOpens") : -1;
        return column > 0 && long.TryParse(tcp[1][column], out var opens) ? opens : null;
    }
}
