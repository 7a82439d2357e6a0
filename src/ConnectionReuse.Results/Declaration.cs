namespace ConnectionReuse.Results;

/// <summary>What a client pattern, or another program, said of itself when it was measured.</summary>
public sealed record Declaration
{
    /// <summary>What one call runs, in code or as it is typed.</summary>
    public required string Statement { get; init; }

    /// <summary>Whether it keeps one connection across calls instead of opening one for each.</summary>
    public required bool Reuses { get; init; }

    /// <summary>Whether each of its TLS handshakes is a full one.</summary>
    public bool OpensFullHandshakes { get; init; }

    /// <summary>Whether it is a bare socket that others are held against.</summary>
    public bool IsFloor { get; init; }

    /// <summary>The connections that an iteration must show; null where none are declared.</summary>
    public ConnectionExpectation? Expected { get; init; }

    /// <summary>What to use instead, in one line; null where the pattern is no mistake.</summary>
    public string? Remedy { get; init; }

    /// <summary>The client of the row that does the same over a bare socket; null where there is none.</summary>
    public string? Floor { get; init; }

    /// <summary>The client of the reusing row that this one is held against; null where it is held against none.</summary>
    public string? Reference { get; init; }

    /// <summary>Requests that each client makes before the next one is created; null where that is not what the pattern is about.</summary>
    public int? RequestsPerClient { get; init; }

    /// <summary>Calls that are in flight at once; null where one follows the other.</summary>
    public int? InFlight { get; init; }

    /// <summary>The wait before each call, in seconds; 0 for none.</summary>
    public double PauseSeconds { get; init; }

    /// <summary>The program that makes the calls; null for this one.</summary>
    public DeclaredTool? Tool { get; init; }
}

/// <summary>Another program that makes the calls.</summary>
/// <param name="Name">Its name with its version, such as <c>curl 8.5.0</c>.</param>
/// <param name="ChecksCertificates">Whether it checks the server's certificate; this program always does.</param>
/// <param name="TimesItself">Whether it tells the time of its calls; else its processes are timed, their starts included.</param>
public sealed record DeclaredTool(string Name, bool ChecksCertificates, bool TimesItself);
