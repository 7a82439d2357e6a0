namespace ConnectionReuse.Results;

/// <summary>
/// What was counted while some requests were made: the one record from the socket's event to the table. A member is null
/// where nobody counts it, and a sum or difference with something unknown is unknown.
/// </summary>
public sealed record Counts
{
    /// <summary>Requests that were answered.</summary>
    public long Requests { get; init; }

    /// <summary>Connections that the client opened.</summary>
    public long? Opened { get; init; }

    /// <summary>Connections that the server accepted.</summary>
    public long? Accepted { get; init; }

    /// <summary>Distinct connections that carried the requests.</summary>
    public long? Carrying { get; init; }

    /// <summary>Full TLS handshakes.</summary>
    public long? FullHandshakes { get; init; }

    /// <summary>Resumed TLS handshakes.</summary>
    public long? ResumedHandshakes { get; init; }

    /// <summary>Bytes that the client process allocated on its heap.</summary>
    public long? AllocatedBytes { get; init; }

    /// <summary>Bytes above TCP, or QUIC datagrams' bytes, both directions.</summary>
    public long? WireBytes { get; init; }

    /// <summary>Collections of the client's heap, of every generation.</summary>
    public long? Gen0Collections { get; init; }

    /// <summary>Those of them that took the second generation too.</summary>
    public long? Gen1Collections { get; init; }

    /// <summary>Those of them that took the whole heap.</summary>
    public long? Gen2Collections { get; init; }

    /// <summary>Methods that the client's JIT compiled.</summary>
    public long? CompiledMethods { get; init; }

    /// <summary>CPU time of the client's process, in microseconds: its calls, what its runtime did meanwhile, and the counting.</summary>
    public long? ClientCpuMicroseconds { get; init; }

    /// <summary>CPU time of the server's process, in microseconds, that of answering what was counted included.</summary>
    public long? ServerCpuMicroseconds { get; init; }

    /// <summary>Connections that the kernel opened for every process of the machine: advice, not proof.</summary>
    public long? KernelOpened { get; init; }

    /// <summary>What two spans of requests did together.</summary>
    public static Counts operator +(Counts one, Counts other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        return one.With(other, (a, b) => a + b);
    }

    /// <summary>What was done between two readings of running totals.</summary>
    public static Counts operator -(Counts later, Counts earlier)
    {
        ArgumentNullException.ThrowIfNull(later);
        ArgumentNullException.ThrowIfNull(earlier);
        return later.With(earlier, (a, b) => a - b);
    }

    /// <summary>What was done between two readings of running totals; null where one of them is missing.</summary>
    public static Counts? Between(Counts? earlier, Counts? later) => earlier is null || later is null ? null : later - earlier;

    /// <summary>The same as the operator of that sign.</summary>
    public static Counts Add(Counts left, Counts right) => left + right;

    /// <summary>The same as the operator of that sign.</summary>
    public static Counts Subtract(Counts left, Counts right) => left - right;

    private Counts With(Counts other, Func<long?, long?, long?> combine) => new()
    {
        Requests = combine(Requests, other.Requests)!.Value,
        Opened = combine(Opened, other.Opened),
        Accepted = combine(Accepted, other.Accepted),
        Carrying = combine(Carrying, other.Carrying),
        FullHandshakes = combine(FullHandshakes, other.FullHandshakes),
        ResumedHandshakes = combine(ResumedHandshakes, other.ResumedHandshakes),
        AllocatedBytes = combine(AllocatedBytes, other.AllocatedBytes),
        WireBytes = combine(WireBytes, other.WireBytes),
        Gen0Collections = combine(Gen0Collections, other.Gen0Collections),
        Gen1Collections = combine(Gen1Collections, other.Gen1Collections),
        Gen2Collections = combine(Gen2Collections, other.Gen2Collections),
        CompiledMethods = combine(CompiledMethods, other.CompiledMethods),
        ClientCpuMicroseconds = combine(ClientCpuMicroseconds, other.ClientCpuMicroseconds),
        ServerCpuMicroseconds = combine(ServerCpuMicroseconds, other.ServerCpuMicroseconds),
        KernelOpened = combine(KernelOpened, other.KernelOpened),
    };
}
