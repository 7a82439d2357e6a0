using System.Globalization;

namespace ConnectionReuse.Connections;

/// <summary>The kernel's own count of connections, over all processes of the machine.</summary>
internal static class KernelConnections
{
    private const string Snmp = "/proc/net/snmp";

    /// <summary>
    /// Connections that were opened: <c>ActiveOpens</c> of RFC 4022 without <c>AttemptFails</c>, among which are the tries
    /// that were refused, such as those of a name's first address when only its second one answers. Null where the platform
    /// does not publish it.
    /// </summary>
    public static long? Opened() => File.Exists(Snmp) ? OpenedOf(File.ReadLines(Snmp)) : null;

    /// <summary>The same, out of the lines of the kernel's file.</summary>
    internal static long? OpenedOf(IEnumerable<string> lines)
    {
        var tcp = lines.Where(line => line.StartsWith("Tcp:", StringComparison.Ordinal)).Select(line => line.Split(' ')).ToArray();
        return tcp is [var names, var numbers] ? Value("ActiveOpens") - Value("AttemptFails") : null;

        long? Value(string name) => Array.IndexOf(names, name) is > 0 and var column && column < numbers.Length
            && long.TryParse(numbers[column], NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
    }
}
