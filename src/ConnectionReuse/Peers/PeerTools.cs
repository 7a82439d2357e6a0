namespace ConnectionReuse.Peers;

/// <summary>The tools that the suite can set beside itself.</summary>
internal static class PeerTools
{
    /// <summary>Every tool, in the order of the table.</summary>
    public static IReadOnlyList<PeerTool> All { get; } = [new PythonRequests(), new Curl(), new ApacheBench(), new Hey(), new H2Load()];
}
