using System.Text.RegularExpressions;

namespace ConnectionReuse.Reporting.Reports;

/// <summary>The commands that made a result, as they can be typed again.</summary>
internal static partial class Commands
{
    /// <summary>One for each run that a result file comes from.</summary>
    /// <param name="commandLine">Arguments, one run a line.</param>
    public static IReadOnlyList<string> Of(string commandLine) =>
        [.. commandLine.Split('\n', StringSplitOptions.TrimEntries).Select(arguments => $"./run.sh {Typed(arguments)}".TrimEnd()).Distinct()];

    // Where a run wrote to is nobody's business and changes nothing.
    private static string Typed(string arguments) => string.Join(' ', Destination().Replace(arguments, "")
        .Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Select(word => Plain().IsMatch(word) ? word : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'"));

    [GeneratedRegex(@"(?<=^|\s)--(out|json|markdown|artifacts)[= ]\S+")]
    private static partial Regex Destination();

    [GeneratedRegex("^([A-Za-z0-9_./:=,@%+-]+|'[^']*')$")]
    private static partial Regex Plain();
}
