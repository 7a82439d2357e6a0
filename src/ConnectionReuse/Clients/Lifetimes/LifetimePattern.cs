using System.Net;

namespace ConnectionReuse.Clients.Lifetimes;

/// <summary>A way in which .NET code gets its client and gives it up again: a row of <c>ClientLifetimes</c>.</summary>
public abstract class LifetimePattern : ClientPattern
{
    // These libraries make their own request messages, which have a version of their own.
    internal static string? KeepsToHttp11(Version? httpVersion) =>
        httpVersion is null || httpVersion == HttpVersion.Version11 ? null : "it makes its own requests, which stay at HTTP/1.1 here";
}
