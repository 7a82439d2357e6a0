namespace ConnectionReuse.Reporting.Tables;

/// <summary>What decides a comparison's times; ratios of different regimes do not compare.</summary>
internal sealed record Regime(string Name, string Meaning)
{
    public static Regime Loopback { get; } = new("loopback", "the round trip is 0 and CPU decides");

    public static Regime Network { get; } = new("network", "round trips decide: 1 for a reused connection, 1 more for TCP, 1 to 2 more for TLS");

    public static Regime Of(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.IsLoopback ? Loopback : Network;
}
