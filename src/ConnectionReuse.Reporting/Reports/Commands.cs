using System.Text.RegularExpressions;
using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.Reports;

/// <summary>The commands that made a result, as they can be typed again.</summary>
internal static partial class Commands
{
    /// <summary>One for each run that a result file comes from.</summary>
    public static IReadOnlyList<string> Of(IEnumerable<Run> runs) =>
        [.. runs.Select(run => $"{ProgramName.Typed} {Typed(run.CommandLine)}".TrimEnd()).Distinct()];

    // Where a run wrote to is nobody's business and changes nothing.
    private static string Typed(string arguments) => string.Join(' ', Destination().Replace(arguments, "")
        .Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Select(word => Plain().IsMatch(word) ? word : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'"));

    [GeneratedRegex(@"(?<=^|\s)--(out|json|markdown|artifacts)[= ]\S+")]
    private static partial Regex Destination();

    [GeneratedRegex("^([A-Za-z0-9_./:=,@%+-]+|'[^']*')$")]
    private static partial Regex Plain();
}
