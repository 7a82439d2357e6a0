using ConnectionReuse.Results;

namespace ConnectionReuse.Diagnosis;

/// <summary>What a diagnosis found out about a target.</summary>
internal sealed record DiagnosisReport
{
    /// <summary>The version of this form that is written.</summary>
    public const int CurrentSchemaVersion = 1;

    /// <summary>The version of this form.</summary>
    public int SchemaVersion { get; init; } = CurrentSchemaVersion;

    /// <summary>The URL without user info and query.</summary>
    public required string Url { get; init; }

    /// <summary>The client pattern's id.</summary>
    public required string Client { get; init; }

    /// <summary>Whether calls share connections, and why not; null where nothing answered.</summary>
    public ReuseVerdict? Verdict { get; init; }

    /// <summary>Why calls failed, or the first of them, in one line; null where none did.</summary>
    public string? Failure { get; init; }

    /// <summary>Requests that were made.</summary>
    public required int Requests { get; init; }

    /// <summary>The statuses that were answered, each once.</summary>
    public IReadOnlyList<int> Statuses { get; init; } = [];

    /// <summary>The HTTP version spoken, such as <c>1.1</c>; null where nothing answered.</summary>
    public string? HttpVersion { get; init; }

    /// <summary>The addresses that were tried for the first connection, in their order.</summary>
    public IReadOnlyList<AddressTry> Addresses { get; init; } = [];

    /// <summary>The addresses that connections were opened to, each once.</summary>
    public IReadOnlyList<string> Chosen { get; init; } = [];

    /// <summary>The connections in their order.</summary>
    public IReadOnlyList<ConnectionFacts> Connections { get; init; } = [];

    /// <summary>TLS; null without.</summary>
    public TlsFacts? Tls { get; init; }

    /// <summary>The seconds of <c>Keep-Alive: timeout=</c>; null where none was announced.</summary>
    public int? KeepAliveTimeout { get; init; }

    /// <summary>The number of the first <c>Keep-Alive: max=</c>; null where none was announced.</summary>
    public int? KeepAliveMax { get; init; }

    /// <summary>Requests after which the server closed, as seen; null where it did not within the calls made.</summary>
    public int? CapFound { get; init; }

    /// <summary>What the search for the idle limit found; null where none was made.</summary>
    public IdleFacts? Idle { get; init; }

    /// <summary>The proxy that the client uses, as <c>host:port</c>; null without.</summary>
    public string? Proxy { get; init; }

    /// <summary>The proxies that responses name (<c>Via</c>); null where they name none.</summary>
    public string? Via { get; init; }

    /// <summary>Where the first call's time went; null where it cannot be told.</summary>
    public FirstCallFacts? FirstCall { get; init; }

    /// <summary>What is worth knowing besides, a sentence each without its full stop.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];
}

/// <summary>One connection.</summary>
/// <param name="Address">Its other end; null where it was not seen.</param>
/// <param name="Requests">Calls that it carried.</param>
/// <param name="End">How it ended.</param>
/// <param name="IdleSeconds">How long no byte had passed when its end was seen; null where it has not ended.</param>
internal sealed record ConnectionFacts(string? Address, int Requests, ConnectionEnd End, double? IdleSeconds);

/// <summary>The TLS of the first connection.</summary>
/// <param name="Version">Such as <c>1.3</c>.</param>
/// <param name="Alpn">The protocol that was agreed on, such as <c>h2</c>; null without.</param>
/// <param name="Resumed">Whether a later handshake continued an earlier session; null where there was no later one.</param>
/// <param name="ValidFrom">The certificate's first day.</param>
/// <param name="ValidTo">The certificate's last day.</param>
/// <param name="DaysLeft">Whole days until then.</param>
/// <param name="AsksForCertificate">Whether the server asked for a client certificate in a handshake; null where that was not looked for, or could not be.</param>
internal sealed record TlsFacts(string? Version, string? Alpn, bool? Resumed, DateTimeOffset? ValidFrom, DateTimeOffset? ValidTo, int? DaysLeft, bool? AsksForCertificate);

/// <summary>What became of a connection that was left idle.</summary>
/// <param name="WatchedSeconds">How long it was watched.</param>
/// <param name="ClosedAfterSeconds">When the other end closed it; null where it did not meanwhile.</param>
/// <param name="CarriedNextCall">Whether it carried the call after that; null where it was closed before.</param>
internal sealed record IdleFacts(double WatchedSeconds, double? ClosedAfterSeconds, bool? CarriedNextCall);

/// <summary>Where the time of the first call of a process that has just started went, in seconds: an order of magnitude, no measurement.</summary>
/// <param name="Dns">Looking the name up.</param>
/// <param name="Connect">Opening the TCP connection, tries in vain included.</param>
/// <param name="Tls">The TLS handshake.</param>
/// <param name="FirstByte">From the request's end to the response's first byte.</param>
/// <param name="Body">Reading the rest of the response.</param>
/// <param name="Client">What is left: the client's own work.</param>
internal sealed record FirstCallFacts(double Dns, double Connect, double Tls, double FirstByte, double Body, double Client);
