using System.Buffers.Binary;
using System.Diagnostics;
using System.Net.Sockets;

namespace ConnectionReuse.Servers;

/// <summary>How far a server is.</summary>
/// <param name="Time">There and back.</param>
/// <param name="ByTheKernel">Whether the kernel tells it; else it is the least of some exchanges.</param>
internal sealed record RoundTrip(TimeSpan Time, bool ByTheKernel)
{
    private const int Exchanges = 20;

    // Below it a call's own work is as long: blocks on such a network are as short as on loopback.
    private static readonly TimeSpan FarFrom = TimeSpan.FromMilliseconds(1);

    /// <summary>Whether a network decides how long a call takes, so that nobody makes more calls than it needs.</summary>
    public bool IsFar => Time >= FarFrom;

    // struct tcp_info of linux/tcp.h: tcpi_min_rtt, in microseconds, since Linux 4.6.
    private const int Tcp = 6;
    private const int TcpInfo = 11;
    private const int OffsetOfLeast = 148;

    /// <summary>Makes some exchanges over an open connection, and tells how far its other end is.</summary>
    /// <param name="socket">The connection.</param>
    /// <param name="exchange">One line there and one back.</param>
    public static RoundTrip Of(Socket socket, Action exchange)
    {
        ArgumentNullException.ThrowIfNull(socket);
        ArgumentNullException.ThrowIfNull(exchange);
        var least = TimeSpan.MaxValue;
        for (var i = 0; i < Exchanges; i++)
        {
            var begun = Stopwatch.GetTimestamp();
            exchange();
            least = Stopwatch.GetElapsedTime(begun) is var taken && taken < least ? taken : least;
        }

        return ByKernel(socket) is { } told ? new RoundTrip(told, ByTheKernel: true) : new RoundTrip(least, ByTheKernel: false);
    }

    // The least that the kernel saw, its handshake included: its smoothed value holds the server's own time, which acknowledges with its answer.
    private static TimeSpan? ByKernel(Socket socket)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        Span<byte> info = stackalloc byte[OffsetOfLeast + sizeof(uint)];
        return socket.GetRawSocketOption(Tcp, TcpInfo, info) == info.Length && BitConverter.IsLittleEndian && BinaryPrimitives.ReadUInt32LittleEndian(info[OffsetOfLeast..]) is > 0 and < uint.MaxValue and var microseconds
            ? TimeSpan.FromMicroseconds(microseconds)
            : null;
    }
}
