using System.Collections.Frozen;
using System.Net;
using System.Net.NetworkInformation;

namespace ConnectionReuse.Ports;

/// <summary>
/// Client ports as something to be spent: whoever closes a connection first holds its port towards that destination
/// for the length of TIME_WAIT. Asked before a row, so that the row does not fail in its middle.
/// </summary>
internal static class PortBudget
{
    /// <summary>The longest that <see cref="EnsureAsync(IPEndPoint, int, TimeProvider, Action{TimeSpan}, CancellationToken)"/> waits: one TIME_WAIT of any platform.</summary>
    public static TimeSpan LongestWait { get; } = TimeSpan.FromSeconds(125);

    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    /// <summary>The ports towards a destination as they stand now; the loopback addresses count as one.</summary>
    public static PortUse Read(IPEndPoint destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        return OperatingSystem.IsLinux() ? PortsOfLinux.Read(destination) : ReadElsewhere();
    }

    /// <summary>The ports towards a port on loopback as they stand now.</summary>
    public static PortUse Read(int port) => Read(new IPEndPoint(IPAddress.Loopback, port));

    /// <summary>Returns when as many connections as needed can be opened to a port on loopback.</summary>
    /// <inheritdoc cref="EnsureAsync(IPEndPoint, int, TimeProvider, Action{TimeSpan}, CancellationToken)"/>
    public static Task EnsureAsync(int port, int needed, TimeProvider time, Action<TimeSpan> waiting, CancellationToken cancellationToken) =>
        EnsureAsync(new IPEndPoint(IPAddress.Loopback, port), needed, time, waiting, cancellationToken);

    /// <summary>Returns when as many connections as needed can be opened to a destination, one after another.</summary>
    /// <param name="destination">Address and port of the server.</param>
    /// <param name="needed">Connections that will be opened.</param>
    /// <param name="time">Measures the wait.</param>
    /// <param name="waiting">Told once, before a wait, how long it is going to be.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="PortsExhaustedException">Waiting does not help, or not within <see cref="LongestWait"/>.</exception>
    public static Task EnsureAsync(IPEndPoint destination, int needed, TimeProvider time, Action<TimeSpan> waiting, CancellationToken cancellationToken) =>
        EnsureAsync(() => Read(destination), destination, needed, time, waiting, cancellationToken);

    internal static async Task EnsureAsync(
        Func<PortUse> read, IPEndPoint destination, int needed, TimeProvider time, Action<TimeSpan> waiting, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        for (var told = false; ; told = true)
        {
            var use = read();
            var wait = use.WaitFor(use.AtOnce(needed));
            if (wait == TimeSpan.Zero)
            {
                return;
            }

            if (wait is null || wait > LongestWait || time.GetElapsedTime(start) > LongestWait)
            {
                throw new PortsExhaustedException(destination, needed, use);
            }

            if (!told)
            {
                waiting(wait.Value);
            }

            // A kernel ends TIME_WAIT some seconds late: look again rather than believe its clock.
            await Task.Delay(Poll, time, cancellationToken);
        }
    }

    // Windows and macOS: 49152 to 65535 (RFC 6335 6) is the default. A port counts as taken whatever it is connected
    // to, because both bind it before they connect. How long a socket has been in TIME_WAIT is not told, so it counts as new.
    private static PortUse ReadElsewhere()
    {
        // Windows: TcpTimedWaitDelay, 120 s. macOS: twice net.inet.tcp.msl, 15 s.
        var timeWait = TimeSpan.FromSeconds(OperatingSystem.IsMacOS() ? 30 : 120);
        var rule = new PortsRule(49152, 65535, FrozenSet<int>.Empty, timeWait, ReusedAfter: null);
        var connections = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpConnections();
        return rule.Apply(connections.Select(connection =>
            new TakenPort(connection.LocalEndPoint.Port, connection.State == TcpState.TimeWait ? timeWait : null)));
    }
}
