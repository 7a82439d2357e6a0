namespace ConnectionReuse.Results;

/// <summary>The names of the client patterns that every answer is about, in options, tables and result files.</summary>
public static class ClientIds
{
    /// <summary>A new client for each request.</summary>
    public const string Fresh = "fresh";

    /// <summary>The same, with a full TLS handshake each time.</summary>
    public const string FreshFull = "fresh-full";

    /// <summary>One client for all requests.</summary>
    public const string Shared = "shared";
}
