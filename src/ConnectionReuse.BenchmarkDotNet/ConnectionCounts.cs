using System.Globalization;

namespace ConnectionReuse.BenchmarkDotNet;

/// <summary>What the timed iterations of one process did.</summary>
/// <param name="Opened">Connections opened.</param>
/// <param name="Handshakes">TLS handshakes begun as a client.</param>
/// <param name="Requests">HTTP requests ended.</param>
internal sealed record ConnectionCounts(long Opened, long Handshakes, long Requests)
{
    public double? OpenedPerRequest => Requests > 0 ? (double)Opened / Requests : null;

    public string ToLine() => string.Create(CultureInfo.InvariantCulture, $"{Opened} {Handshakes} {Requests}");

    /// <summary>Reads a line back; null where it is none.</summary>
    public static ConnectionCounts? Parse(string line)
    {
        long?[] numbers = [.. line.Split(' ').Select(part => long.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : (long?)null)];
        return numbers is [{ } opened, { } handshakes, { } requests] ? new ConnectionCounts(opened, handshakes, requests) : null;
    }
}
