namespace ConnectionReuse.Testing;

/// <summary>The connections that a scope opened to one origin with one version of HTTP, and what they carried. It never changes.</summary>
public sealed class OriginConnections
{
    internal OriginConnections(string origin, string version, int opened, int fewestRequests, int mostRequests) =>
        (Origin, Version, Opened, FewestRequests, MostRequests) = (origin, version, opened, fewestRequests, mostRequests);

    /// <summary>Scheme, host and port, such as <c>http://localhost:5080</c>; no path and no user.</summary>
    public string Origin { get; }

    /// <summary>The version of HTTP that the connections speak, such as <c>HTTP/1.1</c>.</summary>
    public string Version { get; }

    /// <summary>Connections opened.</summary>
    public int Opened { get; }

    /// <summary>The requests of the scope that the connection with the fewest carried.</summary>
    public int FewestRequests { get; }

    /// <summary>The requests of the scope that the connection with the most carried.</summary>
    public int MostRequests { get; }
}
