using System.Globalization;
using ConnectionReuse.Results;

namespace ConnectionReuse.Connections;

/// <summary>What a local target has seen, in one line of numbers: parsing it compiles next to nothing in the timed process.</summary>
internal static class CountsLine
{
    /// <summary>The line of a server's counts.</summary>
    public static string Of(Counts counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{counts.Accepted} {counts.Carrying} {counts.Requests} {counts.FullHandshakes} {counts.ResumedHandshakes} {counts.ServerCpuMicroseconds}");
    }

    /// <summary>The counts of such a line.</summary>
    /// <exception cref="FormatException">It is not one.</exception>
    public static Counts Parse(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        var numbers = Array.ConvertAll(line.Split(' '), text => long.Parse(text, CultureInfo.InvariantCulture));
        return numbers is [var accepted, var carrying, var requests, var full, var resumed, var cpu]
            ? new Counts { Accepted = accepted, Carrying = carrying, Requests = requests, FullHandshakes = full, ResumedHandshakes = resumed, ServerCpuMicroseconds = cpu }
            : throw new FormatException($"'{line}' are not the counts of a server");
    }
}
