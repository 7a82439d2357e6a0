using System.Globalization;

namespace ConnectionReuse.Connections;

/// <summary>What one local target has seen since it started.</summary>
/// <param name="ConnectionsOpened">Connections accepted.</param>
/// <param name="ConnectionsUsed">Distinct connections that carried a request since the last mark.</param>
/// <param name="Requests">Requests received.</param>
/// <param name="FullHandshakes">TLS handshakes with the certificate flight.</param>
/// <param name="ResumedHandshakes">TLS handshakes that continued a session.</param>
/// <param name="BytesReceived">Bytes above TCP, TLS included.</param>
/// <param name="BytesSent">Bytes above TCP, TLS included.</param>
public sealed record ServerCounts(
    long ConnectionsOpened,
    long ConnectionsUsed,
    long Requests,
    long FullHandshakes,
    long ResumedHandshakes,
    long BytesReceived,
    long BytesSent)
{
    /// <summary>The counts in one line, in the order of the members: parsing it compiles next to nothing in the timed process.</summary>
    public string ToLine() => string.Create(CultureInfo.InvariantCulture,
        $"{ConnectionsOpened} {ConnectionsUsed} {Requests} {FullHandshakes} {ResumedHandshakes} {BytesReceived} {BytesSent}");

    /// <summary>The counts of such a line.</summary>
    /// <exception cref="FormatException">It is not one.</exception>
    public static ServerCounts OfLine(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        var numbers = Array.ConvertAll(line.Split(' '), text => long.Parse(text, CultureInfo.InvariantCulture));
        return numbers is [var opened, var used, var requests, var full, var resumed, var received, var sent]
            ? new ServerCounts(opened, used, requests, full, resumed, received, sent)
            : throw new FormatException($"'{line}' are not the counts of a server");
    }
}
