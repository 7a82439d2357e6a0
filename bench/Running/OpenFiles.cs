using System.Globalization;

namespace ConnectionReuse.Bench.Running;

/// <summary>How many files and sockets a process may have open at once: what needs more is told beforehand.</summary>
internal static class OpenFiles
{
    /// <summary>A process of this program has so many open beside its connections: its assemblies above all. With 128 the default <c>timeit</c> does not start its processes.</summary>
    public const int OfTheProgram = 192;

    private const string Limits = "/proc/self/limits";

    /// <summary>The limit; null where nobody knows or none is set.</summary>
    public static int? Limit { get; } = File.Exists(Limits) ? Read(File.ReadLines(Limits)) : null;

    /// <summary>Why so many connections at once cannot be had; null where they can.</summary>
    public static string? TooFewFor(long connections) => TooFewFor(connections, Limit);

    /// <summary>Why so many connections cannot be had under a limit; null where they can.</summary>
    internal static string? TooFewFor(long connections, int? limit)
    {
        var needed = OfTheProgram + connections;
        return limit < needed
            ? string.Create(CultureInfo.InvariantCulture, $"{needed} files and sockets are open at once, and this machine allows {limit}; ulimit -n {needed} allows more")
            : null;
    }

    /// <summary>Reads the limit that counts, as proc(5) describes it.</summary>
    internal static int? Read(IEnumerable<string> lines)
    {
        const string Row = "Max open files";
        return lines.FirstOrDefault(line => line.StartsWith(Row, StringComparison.Ordinal)) is { } line
            && int.TryParse(line[Row.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0], NumberStyles.None, CultureInfo.InvariantCulture, out var limit)
            ? limit
            : null;
    }
}
