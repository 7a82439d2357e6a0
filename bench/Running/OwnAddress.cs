using System.Net;
using System.Net.NetworkInformation;

namespace ConnectionReuse.Bench.Running;

/// <summary>The addresses of this machine, one of which servers listen on: never all of them, and never somebody else's.</summary>
internal static class OwnAddress
{
    /// <summary>Reads it.</summary>
    /// <param name="option">The option that gives it.</param>
    /// <param name="given">As it was typed.</param>
    /// <exception cref="UserException">It is none; the message names those that there are.</exception>
    public static IPAddress Parse(string option, string given)
    {
        if (!IPAddress.TryParse(given, out var address))
        {
            throw Wrong($"{option} {given}: an IP address is needed, of {Owns()}");
        }

        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any) ? throw Wrong($"{option} {given}: one address is needed, not every one of this machine, of {Owns()}")
            : IsOne(address) ? address
            : throw Wrong($"{option} {given}: this machine has no such address, but {Owns()}");
    }

    /// <summary>Whether an address is this machine's.</summary>
    public static bool IsOne(IPAddress address) => IPAddress.IsLoopback(address) || All().Contains(address);

    private static IPAddress[] All() =>
        [.. NetworkInterface.GetAllNetworkInterfaces().SelectMany(device => device.GetIPProperties().UnicastAddresses).Select(address => address.Address).Distinct()];

    private static string Owns() => string.Join(", ", All().Select(address => address.ToString()));

    private static UserException Wrong(string message) => new(ExitCode.WrongUse, message);
}
