using System.Net;
using System.Net.Sockets;

namespace ConnectionReuse.Diagnosis;

/// <summary>One address of the target's name, and what became of the try to connect to it.</summary>
/// <param name="Address">The address.</param>
/// <param name="Seconds">How long the try took; null where it was not tried, because one before it answered.</param>
/// <param name="Failure">Why it did not connect; null where it did, or was not tried.</param>
internal sealed record AddressTry(string Address, double? Seconds, string? Failure)
{
    /// <summary>Whether it is the one that the connection uses.</summary>
    public bool IsChosen => Seconds is not null && Failure is null;

    /// <summary>Such as <c>IPv6</c>.</summary>
    public string Family => IPAddress.TryParse(Address, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6 ? "IPv6" : "IPv4";
}
