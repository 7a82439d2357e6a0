using System.Globalization;
using System.Net;

namespace ConnectionReuse.Ports;

/// <summary>Reads the kernel's port settings and TCP sockets in the formats of proc(5).</summary>
internal static class PortsOfLinux
{
    private const string Settings = "/proc/sys/net/ipv4/";
    private const double TicksPerSecond = 100; // USER_HZ, fixed for user space on every architecture of .NET
    private const int TimeWait = 6;
    private const int Listen = 10;

    public static PortUse Read(IPEndPoint destination)
    {
        var range = Setting("ip_local_port_range", "32768 60999").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var hasTimestamps = Setting("tcp_timestamps", "1") != "0"; // without them no port is reused
        var rule = PortsRule.Linux(
            Int(range[0]),
            Int(range[1]),
            PortList(Setting("ip_local_reserved_ports", string.Empty)),
            hasTimestamps ? Int(Setting("tcp_tw_reuse", "0")) : 0,
            TimeSpan.FromMilliseconds(Int(Setting("tcp_tw_reuse_delay", "1000"))),
            IPAddress.IsLoopback(destination.Address));
        return rule.Apply(Lines("/proc/net/tcp").Concat(Lines("/proc/net/tcp6")).SelectMany(line => Taken(line, destination)));
    }

    /// <summary>Ports and ranges of ports, such as <c>8080,9148-9150</c>.</summary>
    public static IReadOnlySet<int> PortList(string text) => text
        .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(part => part.Split('-'))
        .SelectMany(ends => Enumerable.Range(Int(ends[0]), Int(ends[^1]) - Int(ends[0]) + 1))
        .ToHashSet();

    /// <summary>The local port of one line of <c>/proc/net/tcp</c> or <c>tcp6</c>, if it is withheld from clients of the destination.</summary>
    /// <remarks>
    /// By a connection to the destination, or by a listener: connect() passes over ports that anyone has bound.
    /// Columns: number, local address, remote address, state, queues, timer with its ticks left, ...
    /// </remarks>
    public static IEnumerable<TakenPort> Taken(string line, IPEndPoint destination)
    {
        var columns = line.Split(' ', 7, StringSplitOptions.RemoveEmptyEntries);
        if (columns.Length < 7 || !columns[0].EndsWith(':'))
        {
            yield break; // the header
        }

        var local = Hex(columns[1].AsSpan(columns[1].IndexOf(':') + 1));
        var state = Hex(columns[3]);
        if (state == Listen)
        {
            yield return new TakenPort(local, null);
        }
        else if (IsTo(columns[2], destination))
        {
            var ticks = long.Parse(columns[5].AsSpan(columns[5].IndexOf(':') + 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            yield return new TakenPort(local, state == TimeWait ? TimeSpan.FromSeconds(ticks / TicksPerSecond) : null);
        }
    }

    // localhost may be either loopback address: they count as one destination.
    private static bool IsTo(string remote, IPEndPoint destination)
    {
        var colon = remote.IndexOf(':', StringComparison.Ordinal);
        if (Hex(remote.AsSpan(colon + 1)) != destination.Port)
        {
            return false;
        }

        var address = Address(remote.AsSpan(0, colon));
        return IPAddress.IsLoopback(destination.Address) ? IPAddress.IsLoopback(address) : address.Equals(Unmapped(destination.Address));
    }

    // Words of 32 bits in the byte order of the machine.
    private static IPAddress Address(ReadOnlySpan<char> hex)
    {
        Span<byte> bytes = stackalloc byte[hex.Length / 2];
        for (var word = 0; word < bytes.Length; word += 4)
        {
            BitConverter.TryWriteBytes(bytes[word..], uint.Parse(hex.Slice(word * 2, 8), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
        }

        return Unmapped(new IPAddress(bytes));
    }

    private static IPAddress Unmapped(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    private static string Setting(string name, string fallback) => File.Exists(Settings + name) ? File.ReadAllText(Settings + name).Trim() : fallback;

    private static IEnumerable<string> Lines(string path) => File.Exists(path) ? File.ReadLines(path) : [];

    private static int Hex(ReadOnlySpan<char> text) => int.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private static int Int(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
