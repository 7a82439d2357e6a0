namespace ConnectionReuse.Diagnosis;

/// <summary>How a connection ended, as this end of it saw.</summary>
internal enum ConnectionEnd
{
    /// <summary>It did not, as far as was seen.</summary>
    Open,

    /// <summary>The other end closed first (FIN).</summary>
    ServerCloses,

    /// <summary>The other end reset it (RST).</summary>
    ServerResets,

    /// <summary>The client closed first.</summary>
    ClientCloses,

    /// <summary>Nobody watched: the client does not let its transport be seen.</summary>
    Unseen,
}
