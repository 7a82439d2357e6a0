using System.Globalization;

namespace ConnectionReuse.Connections;

/// <summary>What one local target has seen since it started.</summary>
/// <param name="ConnectionsOpened">Connections accepted.</param>
/// <param name="ConnectionsUsed">Distinct connections that carried a request since the last mark.</param>
/// <param name="Requests">Requests received.</param>
/// <param name="FullHandshakes">TLS handshakes with the certificate flight.</param>
/// <param name="ResumedHandshakes">TLS handshakes that continued a session.</param>
public sealed record ServerCounts(
    long ConnectionsOpened,
    long ConnectionsUsed,
    long Requests,
    long FullHandshakes,
    long ResumedHandshakes)
{
    /// <summary>The counts in one line, in the order of the members: parsing it compiles next to nothing in the timed process.</summary>
    public string ToLine() => string.Create(CultureInfo.InvariantCulture,
        $"{ConnectionsOpened} {ConnectionsUsed} {Requests} {FullHandshakes} {ResumedHandshakes}");

    /// <summary>The counts of such a line.</summary>
    /// <exception cref="FormatException">It is not one.</exception>
    public static ServerCounts OfLine(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        var numbers = Array.ConvertAll(line.Split(' '), text => long.Parse(text, CultureInfo.InvariantCulture));
        return numbers is [var opened, var used, var requests, var full, var resumed]
            ? new ServerCounts(opened, used, requests, full, resumed)
            : throw new FormatException($"'{line}' are not the counts of a server");
    }
}
