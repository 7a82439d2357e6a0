using System.Net;

namespace ConnectionReuse.Servers;

/// <summary>Whom a server beyond loopback answers.</summary>
/// <param name="networks">Addresses, or networks of them.</param>
internal sealed class PeerList(IReadOnlyList<IPNetwork> networks)
{
    /// <summary>Whether an address is among them.</summary>
    public bool Contains(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return networks.Any(network => network.Contains(plain));
    }

    /// <summary>Reads an address, or a network such as <c>10.0.0.0/24</c>.</summary>
    /// <returns>Null where it is neither, or means everybody.</returns>
    public static IPNetwork? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return IPAddress.TryParse(text, out var address) ? (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any) ? null : Of(address))
            : IPNetwork.TryParse(text, out var network) && network.PrefixLength > 0 ? network
            : null;
    }

    /// <summary>The network of one address alone.</summary>
    public static IPNetwork Of(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return new IPNetwork(address, 8 * address.GetAddressBytes().Length);
    }
}
