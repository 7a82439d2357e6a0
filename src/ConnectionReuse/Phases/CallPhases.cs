namespace ConnectionReuse.Phases;

/// <summary>Where the time of one call went, in seconds.</summary>
internal sealed record CallPhases
{
    /// <summary>Asking for the name's addresses; 0 on a connection that was reused, or for an address.</summary>
    public required double Dns { get; init; }

    /// <summary>Opening TCP connections, refused attempts included; 0 on a connection that was reused.</summary>
    public required double Connect { get; init; }

    /// <summary>TLS handshakes; 0 without TLS and on a connection that was reused.</summary>
    public required double Tls { get; init; }

    /// <summary>From the request's headers, written and about to be sent, to the response's headers, read.</summary>
    public required double FirstByte { get; init; }

    /// <summary>Reading the body to its end.</summary>
    public required double Body { get; init; }

    /// <summary>What lies between the phases, before the first and after the last of them.</summary>
    public required double Client { get; init; }

    /// <summary>
    /// The part of <see cref="Client"/> in which HttpClient had the request in its hands: queues, threads, parsing. The
    /// rest is the caller's: making a client, checking the response, disposing.
    /// </summary>
    public required double Unaccounted { get; init; }

    /// <summary>HTTP connections that the call established.</summary>
    public required int Opened { get; init; }

    /// <summary>All phases and the client.</summary>
    public double Total => Dns + Connect + Tls + FirstByte + Body + Client;
}
