using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ConnectionReuse.Servers;

/// <summary>What tells one <see cref="KestrelServer"/> from another.</summary>
internal sealed record KestrelSettings
{
    /// <summary>The server certificate; null for plain HTTP.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>The HTTP versions it speaks; HTTP/2 without TLS has to be the only one, and so has HTTP/3.</summary>
    public HttpProtocols Protocols { get; init; } = HttpProtocols.Http1AndHttp2;

    /// <summary>False leaves every counter out, to measure what counting costs.</summary>
    public bool Counting { get; init; } = true;

    /// <summary>What it answers with; null for the response that every local target has.</summary>
    public CannedResponses? Responses { get; init; }

    /// <summary>Where it listens; null for a free loopback port.</summary>
    public ListeningPoint? At { get; init; }

    /// <summary>How long it thinks about each request; null to answer at once.</summary>
    public ServerTime? ServerTime { get; init; }
}
