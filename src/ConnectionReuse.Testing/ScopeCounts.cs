namespace ConnectionReuse.Testing;

/// <summary>What a scope has counted, at one moment.</summary>
internal sealed record ScopeCounts
{
    public int Opened { get; init; }

    public int Requests { get; init; }

    public int Failed { get; init; }

    /// <summary>Connections that carried a request of the scope, whoever opened them.</summary>
    public int Carrying { get; init; }

    /// <summary>The most requests of the scope that ran at one time.</summary>
    public int AtOnce { get; init; }

    /// <summary>Responses whose headers could be looked at.</summary>
    public int Responses { get; init; }

    /// <summary>Responses after which the server closes: Connection: close, or HTTP/1.0 without keep-alive.</summary>
    public int Closing { get; init; }

    public int OpenedOutside { get; init; }

    public int RequestsOutside { get; init; }

    /// <summary>Whether who asks is in the flow of the scope: if not, the scope was started in an async method that has returned.</summary>
    public bool Reaches { get; init; } = true;

    public bool OfTheProcess { get; init; }

    public IReadOnlyList<OriginConnections> ByOrigin { get; init; } = [];

    /// <summary>No request of the scope was seen on a connection, and none was opened: any budget would hold.</summary>
    public bool ProvesNothing => Opened == 0 && Carrying == 0;
}
