using System.Globalization;

namespace ConnectionReuse.Testing;

/// <summary>Why connections were opened, as far as the counts tell, and the remedy.</summary>
internal static class Finding
{
    private const string KeepOne = "Keep one HttpClient (or IHttpClientFactory).";

    public static string Of(ScopeCounts counts, bool tooFew)
    {
        var most = counts.ByOrigin.Select(origin => origin.MostRequests).DefaultIfEmpty().Max();
        return counts switch
        {
            _ when tooFew => "Requests of this scope shared connections, or took such as were open already: start the scope before the first request of the client.",
            { Opened: 1 } => "A client opens a connection for its first request. Allow one, or send a request before the scope starts.",
            { Closing: > 0 } => string.Create(CultureInfo.InvariantCulture,
                $"The server ends connections: {counts.Closing} of {counts.Responses} responses came with Connection: close or as HTTP/1.0. Let the server keep them open."),
            { AtOnce: > 1 } when MayHaveNeededThem(counts) && most <= 1 => string.Create(CultureInfo.InvariantCulture,
                $"Up to {counts.AtOnce} requests ran at once, each over a connection of its own. One HttpClient opens as many over HTTP/1.1, and so does a client for each call: the counts do not tell which. Keep one HttpClient (or IHttpClientFactory); then allow {counts.AtOnce}, limit them (SocketsHttpHandler.MaxConnectionsPerServer), or use HTTP/2."),
            { AtOnce: > 1 } when MayHaveNeededThem(counts) => string.Create(CultureInfo.InvariantCulture,
                $"Up to {counts.AtOnce} requests ran at once, and a connection of HTTP/1.1 carries one at a time. Allow {counts.AtOnce}, limit them (SocketsHttpHandler.MaxConnectionsPerServer), or use HTTP/2."),
            _ when counts.Opened > 1 && counts.ByOrigin.All(origin => origin.Opened == 1) =>
                "Each origin, and each version of HTTP, needs a connection of its own. Allow one for each, or send the requests to one origin.",
            _ when most <= 1 => $"A client was made for each call, or the server closes{Said(counts)}. {KeepOne}",
            _ => $"Connections were given up though they carried more than one request{Said(counts)}. Look at PooledConnectionLifetime and PooledConnectionIdleTimeout, at clients that are disposed, and at the server's limits. {KeepOne}",
        };
    }

    private static bool MayHaveNeededThem(ScopeCounts counts) => counts.Opened <= counts.AtOnce * Math.Max(1, counts.ByOrigin.Count) && !MultiplexedOnly(counts);

    private static bool MultiplexedOnly(ScopeCounts counts) => counts.ByOrigin.All(origin => !origin.Version.StartsWith("HTTP/1", StringComparison.Ordinal));

    // Where no response was seen (all failed, or diagnostics are switched off) nothing can be said of them.
    private static string Said(ScopeCounts counts) => counts.Responses > 0 ? ": the server sent no Connection: close" : "";
}
