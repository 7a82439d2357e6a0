using System.Globalization;
using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.Tables;

/// <summary>What decides a comparison's times; ratios of different regimes do not compare.</summary>
internal sealed record Regime(string Name, string Meaning)
{
    public static Regime Loopback { get; } = new("loopback", "the round trip is 0 and CPU decides");

    public static Regime Network { get; } = new("network", "round trips decide: 1 for a reused connection, 1 more for TCP, 1 to 2 more for TLS");

    public static Regime Emulated { get; } = new("emulated", "loopback behind an emulated link (a relay that delays, with Reno's slow start): round trips decide");

    public static Regime ServerTime { get; } = new("loopback, server time", "the round trip is 0, and every call waits as long for the server");

    /// <summary>The name, with the round trip where it was measured.</summary>
    public static string NameOf(ResultRow row) => row.RoundTripMilliseconds is { } milliseconds
        ? string.Create(CultureInfo.InvariantCulture, $"{Of(row).Name}, round trip {milliseconds:0.###} ms")
        : Of(row).Name;

    public static Regime Of(ResultRow row) => row.Link is { RttMilliseconds: 0, BandwidthBitsPerSecond: null } ? ServerTime
        : row.Link is not null ? Emulated
        : Uri.TryCreate(row.Url, UriKind.Absolute, out var uri) && uri.IsLoopback ? Loopback : Network;
}
