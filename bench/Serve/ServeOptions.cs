using System.Net;

namespace ConnectionReuse.Bench.Serve;

/// <summary>What the user asked of <c>serve</c> for clients that come over a network, checked.</summary>
internal sealed record ServeOptions
{
    /// <summary>The targets, in the order of their ports.</summary>
    public required IReadOnlyList<string> Targets { get; init; }

    /// <summary>The address of this machine.</summary>
    public required IPAddress Address { get; init; }

    /// <summary>The name in the URLs.</summary>
    public required string Host { get; init; }

    /// <summary>What clients are to be given.</summary>
    public string Control => new UriBuilder(Uri.UriSchemeHttp, Host, Port).Uri.Authority;

    /// <summary>The control's port, which those of the targets follow.</summary>
    public required int Port { get; init; }

    /// <summary>Addresses and networks that may come; empty for everybody who can reach loopback.</summary>
    public required IReadOnlyList<string> Allowed { get; init; }

    /// <summary>After how long without a client it ends; null for never.</summary>
    public TimeSpan? IdleLimit { get; init; }

    /// <summary>What clients must have; empty for nothing, on loopback.</summary>
    public required string Token { get; init; }
}
