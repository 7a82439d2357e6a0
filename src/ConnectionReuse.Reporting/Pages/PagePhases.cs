using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.Pages;

/// <summary>The phases of a call in the order of time.</summary>
internal static class PagePhases
{
    private static readonly (string Name, Func<PhaseTimes, double> Seconds)[] All =
    [
        ("DNS", times => times.DnsSeconds),
        ("TCP connect", times => times.ConnectSeconds),
        ("TLS handshake", times => times.TlsSeconds),
        ("wait for first byte", times => times.FirstByteSeconds),
        ("body", times => times.BodySeconds),
        ("client itself", times => times.ClientSeconds),
    ];

    /// <summary>What they are called.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(phase => phase.Name)];

    /// <summary>Their seconds, one for each name.</summary>
    public static IEnumerable<double> Seconds(PhaseTimes times) => All.Select(phase => phase.Seconds(times));
}
