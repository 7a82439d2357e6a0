using System.Globalization;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using ConnectionReuse.Processes;

namespace ConnectionReuse.Ports;

/// <summary>
/// A network namespace of Linux (network_namespaces(7)): a process has its own loopback, ports and sockets there, and
/// when it ends nothing of them is left.
/// </summary>
internal static partial class PortNamespace
{
    /// <summary>The program of util-linux that starts a process in a namespace of its own.</summary>
    public const string Unshare = "unshare";

    private const string Settings = "/proc/sys/net/ipv4/";
    private const uint SetInterfaceFlags = 0x8914; // SIOCSIFFLAGS, linux/sockios.h
    private const int NameLength = 16; // IFNAMSIZ, linux/if.h
    private const int RequestLength = 40; // struct ifreq on 64 bits
    private const byte Up = 1; // IFF_UP

    /// <summary>Why this process cannot start one in a namespace; null where it can.</summary>
    public static string? Unsupported =>
        !OperatingSystem.IsLinux() ? "network namespaces are Linux's"
        : !Environment.IsPrivilegedProcess ? "a network namespace needs root"
        : SearchPath.Find(Unshare) is null ? "the program unshare is not installed"
        : null;

    /// <summary>Brings loopback up, and has no port taken from TIME_WAIT before its time.</summary>
    /// <param name="outside">The machine's namespace, which is not to be touched.</param>
    /// <exception cref="IOException">The kernel refuses.</exception>
    /// <exception cref="UnauthorizedAccessException">The settings are read-only here.</exception>
    [SupportedOSPlatform("linux")]
    public static void Open(string outside)
    {
        if (Current() == outside)
        {
            throw new IOException("this is the machine's own network namespace: its ports are left alone");
        }

        BringLoopbackUp();
        File.WriteAllText(Settings + "tcp_tw_reuse", "0");
    }

    /// <summary>Leaves so many local ports, in an opened namespace.</summary>
    /// <param name="firstPort">The first port.</param>
    /// <param name="ports">So many from there.</param>
    /// <exception cref="IOException">The kernel refuses.</exception>
    [SupportedOSPlatform("linux")]
    public static void Bound(int firstPort, int ports) =>
        File.WriteAllText(Settings + "ip_local_port_range", string.Create(CultureInfo.InvariantCulture, $"{firstPort} {firstPort + ports - 1}"));

    /// <summary>The namespace that this process is in, as the kernel names it.</summary>
    public static string Current() => File.ResolveLinkTarget("/proc/self/ns/net", returnFinalTarget: false)?.Name ?? string.Empty;

    private static void BringLoopbackUp()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        var request = new byte[RequestLength];
        "lo"u8.CopyTo(request);
        request[NameLength] = Up;
        if (Control(socket.SafeHandle, SetInterfaceFlags, request) != 0)
        {
            throw new IOException($"loopback stays down: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Control(SafeHandle descriptor, nuint request, byte[] argument);
}
