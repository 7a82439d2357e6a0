using System.Globalization;
using System.Text.RegularExpressions;
using ConnectionReuse.Processes;

namespace ConnectionReuse.Peers;

/// <summary>What the tools' reports have in common.</summary>
internal static class ReportText
{
    /// <summary>The last line that says something.</summary>
    public static string LastLine(ProcessOutput said) => Lines(said.Errors).LastOrDefault()
        ?? Lines(said.Output).LastOrDefault()
        ?? string.Create(CultureInfo.InvariantCulture, $"exit code {said.ExitCode}");

    /// <summary>The lines that say something, trimmed.</summary>
    public static string[] Lines(string text) => text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The number that a pattern's first group finds.</summary>
    /// <exception cref="IOException">The report has no such line.</exception>
    public static double Number(Regex pattern, string report) =>
        TryNumber(pattern, report) ?? throw new IOException("reported something else than its times");

    /// <summary>The number that a pattern's first group finds; null where the report has no such line.</summary>
    public static double? TryNumber(Regex pattern, string report) =>
        pattern.Match(report) is { Success: true } match ? double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : null;

    /// <summary>The failure of some of the calls.</summary>
    public static IOException Failed(int failed, int requests, string reason) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{failed} of {requests} requests failed: {reason}"));
}
