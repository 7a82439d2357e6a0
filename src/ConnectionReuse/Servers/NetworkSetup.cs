using ConnectionReuse.Results;

namespace ConnectionReuse.Servers;

/// <summary>What a server process that clients reach over a network is told through its standard input, in one line of JSON: no argument and no variable has the token.</summary>
internal sealed record NetworkSetup
{
    /// <summary>The address of this machine.</summary>
    public required string Address { get; init; }

    /// <summary>The name that the URLs have.</summary>
    public required string Host { get; init; }

    /// <summary>The control's port, which those of the targets follow.</summary>
    public required int Port { get; init; }

    /// <summary>Addresses and networks that may come; empty for everybody who can reach loopback.</summary>
    public required IReadOnlyList<string> Allowed { get; init; }

    /// <summary>What clients must have; empty for nothing, on loopback.</summary>
    public required string Token { get; init; }

    /// <summary>After how long without a client it ends; null for never.</summary>
    public required TimeSpan? IdleLimit { get; init; }

    /// <summary>The machine, the runtime's settings and the commit, as a client's result tells them.</summary>
    public required RunEnvironment Environment { get; init; }
}

/// <summary>What a client is told when its turn begins.</summary>
/// <param name="Server">Where the targets are, and whom to trust for them.</param>
/// <param name="Environment">The machine, the runtime's settings and the commit.</param>
internal sealed record NetworkReady(ServerReady Server, RunEnvironment Environment);
