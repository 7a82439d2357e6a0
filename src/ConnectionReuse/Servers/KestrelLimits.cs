using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ConnectionReuse.Servers;

/// <summary>What the local servers allow their clients, WireMock.Net's Kestrel among them.</summary>
internal static class KestrelLimits
{
    // As long as the clients keep theirs.
    private static readonly TimeSpan IdleTime = TimeSpan.FromHours(24);

    /// <summary>Keeps idle connections: by default Kestrel closes one after 130 s, and over a slow link fresh clients are timed for longer.</summary>
    public static void KeepIdleConnections(this KestrelServerOptions options) => options.Limits.KeepAliveTimeout = IdleTime;
}
