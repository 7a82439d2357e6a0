namespace ConnectionReuse.Ports;

/// <summary>How a kernel hands out client ports towards one destination.</summary>
/// <param name="Low">The first port of the range for clients.</param>
/// <param name="High">The last port of that range.</param>
/// <param name="Reserved">Ports that are never handed out.</param>
/// <param name="TimeWait">How long TIME_WAIT lasts.</param>
/// <param name="ReusedAfter">The age at which a port in TIME_WAIT is handed out again; null where it must run out.</param>
internal sealed record PortsRule(int Low, int High, IReadOnlySet<int> Reserved, TimeSpan TimeWait, TimeSpan? ReusedAfter)
{
    /// <summary>
    /// Linux: <c>tcp_twsk_unique</c> and <c>__inet_hash_connect</c> of its sources. TIME_WAIT lasts 60 s
    /// (<c>TCP_TIMEWAIT_LEN</c>), whatever <c>tcp_fin_timeout</c> says.
    /// </summary>
    /// <param name="low">First number in <c>ip_local_port_range</c>.</param>
    /// <param name="high">Second number in it.</param>
    /// <param name="reserved">Ports in <c>ip_local_reserved_ports</c>.</param>
    /// <param name="reuse"><c>tcp_tw_reuse</c>: 0 never, 1 everywhere, 2 on loopback only.</param>
    /// <param name="reuseDelay"><c>tcp_tw_reuse_delay</c>; before Linux 6.14 it was always a second.</param>
    /// <param name="loopback">Whether the destination is a loopback address.</param>
    public static PortsRule Linux(int low, int high, IReadOnlySet<int> reserved, int reuse, TimeSpan reuseDelay, bool loopback) =>
        new(low, high, reserved, TimeSpan.FromSeconds(60), reuse == 1 || (reuse == 2 && loopback) ? reuseDelay : null);

    /// <summary>What the sockets of the machine leave of the range.</summary>
    /// <param name="taken">Ports that the kernel may withhold; ports out of the range do not matter.</param>
    public PortUse Apply(IEnumerable<TakenPort> taken)
    {
        ArgumentNullException.ThrowIfNull(taken);
        var inTimeWait = 0;
        var freeIn = new Dictionary<int, TimeSpan>();
        foreach (var port in taken.Where(port => IsHandedOut(port.Port)))
        {
            inTimeWait += port.TimeWaitLeft is null ? 0 : 1;
            var wait = port.TimeWaitLeft is { } left ? Remaining(left) : TimeSpan.MaxValue;
            freeIn[port.Port] = Longer(wait, freeIn.GetValueOrDefault(port.Port));
        }

        var total = High - Low + 1 - Reserved.Count(port => port >= Low && port <= High);
        return new PortUse(total, inTimeWait, ReusedAfter, freeIn.Values);
    }

    private bool IsHandedOut(int port) => port >= Low && port <= High && !Reserved.Contains(port);

    // Its age is TimeWait - left. Where the kernel does not reuse, even a socket with nothing left holds its port.
    private TimeSpan Remaining(TimeSpan left) =>
        ReusedAfter is { } age ? Longer(left - (TimeWait - age), TimeSpan.Zero) : Longer(left, TimeSpan.FromTicks(1));

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}

/// <summary>A local port that a socket holds towards the destination.</summary>
/// <param name="Port">The port.</param>
/// <param name="TimeWaitLeft">What is left of the socket's TIME_WAIT; null in every other state.</param>
internal readonly record struct TakenPort(int Port, TimeSpan? TimeWaitLeft);

/// <summary>Client ports towards one destination, as they stood at one moment.</summary>
internal sealed class PortUse
{
    // A connect, a request and its answer take more than 50 us on loopback, and calls follow one another.
    private const int MostSpentPerSecond = 20_000;

    private readonly TimeSpan? _reusedAfter;
    private readonly TimeSpan[] _coming;

    internal PortUse(int total, int inTimeWait, TimeSpan? reusedAfter, IReadOnlyCollection<TimeSpan> freeIn)
    {
        Total = total;
        InTimeWait = inTimeWait;
        Free = total - freeIn.Count(wait => wait > TimeSpan.Zero);
        _reusedAfter = reusedAfter;
        _coming = [.. freeIn.Where(wait => wait > TimeSpan.Zero && wait < TimeSpan.MaxValue).Order()];
    }

    /// <summary>Ports that the kernel hands out to clients, free or not.</summary>
    public int Total { get; }

    /// <summary>Ports that a connection to the destination can get now.</summary>
    public int Free { get; }

    /// <summary>Sockets to the destination that are in TIME_WAIT, including those whose port is free again.</summary>
    public int InTimeWait { get; }

    /// <summary>How many ports must be free before a row that opens <paramref name="spent"/> connections one after another.</summary>
    /// <remarks>All of them, unless the kernel gives them back while the row runs: then what can be spent until it does.</remarks>
    public int AtOnce(int spent) =>
        _reusedAfter is { } age ? (int)Math.Min(spent, Math.Ceiling(age.TotalSeconds * MostSpentPerSecond)) : spent;

    /// <summary>Time until so many ports are free: zero if they are, null if waiting does not help.</summary>
    public TimeSpan? WaitFor(int needed)
    {
        var missing = needed - Free;
        return missing <= 0 ? TimeSpan.Zero : missing <= _coming.Length ? _coming[missing - 1] : null;
    }
}
