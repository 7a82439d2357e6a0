using System.Globalization;
using ConnectionReuse.Results;

namespace ConnectionReuse.Bench.Running;

/// <summary>How many files and sockets a process may have open at once: what needs more is told beforehand.</summary>
internal static class OpenFiles
{
    // .NET keeps every assembly open that it has loaded. Each number below is the most that was counted in /proc/PID/fd while runs of
    // each kind went on (an x64 Linux, .NET 10), and some more for what differs between machines.

    /// <summary>A process of this program beside its connections: 118 in a station, 137 in a benchmark's, 166 in <c>timeit</c>'s own, 180 in a Kestrel server's.</summary>
    public const int OfTheProgram = 192;

    /// <summary>The process that runs a comparison: 242, BenchmarkDotNet's and the compiler's assemblies among them.</summary>
    public const int OfAComparison = 256;

    /// <summary>A server process with WireMock.Net in it: 387, of which 160 are loaded by the first response.</summary>
    public const int OfWireMock = 416;

    private const string Limits = "/proc/self/limits";

    /// <summary>The limit; null where nobody knows or none is set.</summary>
    public static int? Limit { get; } = File.Exists(Limits) ? Read(File.ReadLines(Limits)) : null;

    /// <summary>Why so many connections at once cannot be had; null where they can.</summary>
    public static string? TooFewFor(long connections) => TooFew(OfTheProgram + connections, Limit);

    /// <summary>Why no comparison can be run; null where one can.</summary>
    public static string? TooFewForAComparison() => TooFew(OfAComparison, Limit);

    /// <summary>Why a process cannot serve a local target; null where it can.</summary>
    public static string? TooFewToServe(string target) => TooFewToServe(target, Limit);

    /// <summary>Why a process cannot serve a local target under a limit; null where it can.</summary>
    internal static string? TooFewToServe(string target, int? limit) =>
        TooFew(target is TargetIds.WireMockHttp or TargetIds.WireMockHttps ? OfWireMock : OfTheProgram, limit) is { } reason ? $"{target}: {reason}" : null;

    /// <summary>Why so many cannot be open under a limit; null where they can.</summary>
    internal static string? TooFew(long needed, int? limit) => limit < needed
        ? string.Create(CultureInfo.InvariantCulture, $"{needed} files and sockets are open at once, and this machine allows {limit}; ulimit -n {needed} allows more")
        : null;

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
