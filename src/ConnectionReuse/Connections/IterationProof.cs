namespace ConnectionReuse.Connections;

/// <summary>What one iteration did, counted around its timed part and nothing else.</summary>
public sealed record IterationProof
{
    /// <summary>Requests sent and answered as expected.</summary>
    public required int Requests { get; init; }

    /// <summary>Connections that this process opened.</summary>
    public required long ClientOpened { get; init; }

    /// <summary>Connections that the server accepted; null for a real target.</summary>
    public long? ServerOpened { get; init; }

    /// <summary>Distinct connections that carried the requests.</summary>
    public long? Carrying { get; init; }

    /// <summary>TLS handshakes that this process completed; 0 where they are left to the server's count.</summary>
    public required long ClientHandshakes { get; init; }

    /// <summary>Handshakes with the certificate flight; null where it cannot be known.</summary>
    public long? FullHandshakes { get; init; }

    /// <summary>Handshakes that continued a session; null where it cannot be known.</summary>
    public long? ResumedHandshakes { get; init; }

    /// <summary>Bytes that this process allocated, all threads.</summary>
    public required long AllocatedBytes { get; init; }

    /// <summary>Methods that the JIT compiled meanwhile: none, once it stands still.</summary>
    public required long CompiledMethods { get; init; }

    /// <summary>Bytes above TCP, or above UDP with QUIC, in both directions.</summary>
    public required long WireBytes { get; init; }

    /// <summary>Connections that the kernel opened for every process of the machine: advice; null where it does not tell.</summary>
    public long? KernelOpened { get; init; }

    /// <summary>Seconds that each call took, where calls ran at once; else null.</summary>
    public IReadOnlyList<double>? CallSeconds { get; init; }

    /// <summary>Seconds that a plain program took for the same requests just before; null unless it was asked.</summary>
    public double? PlainLoopSeconds { get; init; }
}
