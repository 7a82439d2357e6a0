using System.Net;

namespace ConnectionReuse.Servers;

/// <summary>Where all targets of a server process listen.</summary>
internal sealed record ServerPlace
{
    /// <summary>The setup as it came through the pipe.</summary>
    /// <param name="setup">The address of this machine, the name, the ports.</param>
    public static ServerPlace Of(NetworkSetup setup)
    {
        ArgumentNullException.ThrowIfNull(setup);
        var address = IPAddress.Parse(setup.Address);
        var peers = setup.Allowed.Count == 0 ? null : new PeerList([.. Own(address), .. setup.Allowed.Select(allowed => PeerList.Parse(allowed)!.Value)]);
        return new ServerPlace { Address = address, Host = setup.Host, Port = setup.Port, Peers = peers };
    }

    /// <summary>The address.</summary>
    public required IPAddress Address { get; init; }

    /// <summary>The name that the URLs have.</summary>
    public required string Host { get; init; }

    /// <summary>The control's port, which those of the targets follow.</summary>
    public required int Port { get; init; }

    /// <summary>Who may come; null for everybody who can reach it.</summary>
    public PeerList? Peers { get; init; }

    /// <summary>Where the control listens.</summary>
    public IPEndPoint Control => new(Address, Port);

    /// <summary>Where a target listens, by its place among them.</summary>
    public ListeningPoint Target(int index) => new(IsLoopback(Address) ? null : Address, Host, Port + 1 + index, Peers);

    // The server's own address may always come: it warms up by it.
    private static IPNetwork[] Own(IPAddress address) =>
        IsLoopback(address) ? [PeerList.Of(IPAddress.Loopback), PeerList.Of(IPAddress.IPv6Loopback)] : [PeerList.Of(address)];

    /// <summary>Whether an address stands for loopback, where a target listens on both addresses.</summary>
    public static bool IsLoopback(IPAddress address) => address.Equals(IPAddress.Loopback) || address.Equals(IPAddress.IPv6Loopback);
}
