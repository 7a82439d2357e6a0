using System.Text.RegularExpressions;
using ConnectionReuse.Reporting.Rows;
using ConnectionReuse.Reporting.Tables;
using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.Reports;

/// <summary>A report's tables: rows that failed or were not reachable stand in them, and why stands among the page's remarks.</summary>
internal static partial class ReportTables
{
    private const int LongestWord = 20;

    private static readonly Column<Line>[] Compact =
    [
        new("case", line => line.Case, IsNumber: false),
        new("client", line => line.Row.Client, IsNumber: false),
        // Of calls in flight together the time of all over their number is nobody's time: their percentiles have a table of their own.
        new("ms/call", line => line.Row.Declared.InFlight is not null && line.Row.HasTimes() ? "" : line.Cells.PerCall),
        new("reuse is", line => line.Cells.Faster),
        new("saves", line => line.Cells.Saved),
        new("connections", line => line.Cells.Connections),
    ];

    /// <summary>The documented session as a table of the same columns as <see cref="Timeit"/>.</summary>
    public static string Documented() => $"{MarkdownTable.Render(TimeitLine.Columns, DocumentedSession.Lines)}\n{MarkdownText.List(DocumentedSession.Notes)}";

    /// <summary>A comparison's rows in the manner of timeit, with what they run below them.</summary>
    /// <param name="group">The comparison.</param>
    /// <param name="ratios">Ratios, its own among them.</param>
    /// <param name="known">Rows whose statements stand on the page already.</param>
    public static string Timeit(RowGroup group, IReadOnlyCollection<ResultRatio> ratios, IReadOnlyList<ResultRow> known)
    {
        ResultRatio[] own = [.. ratios.Where(group.Has)];
        return $"{MarkdownTable.Render(TimeitLine.Columns, [.. group.Rows.Select(row => TimeitLine.Of(row, own))])}\n"
            + MarkdownText.List(TimeitNotes.OfFigures(group, own)) + MarkdownText.Items(StatementLines.Of(group.Rows.Where(row => !known.Any(other => other.Client == row.Client && other.Declared.Statement == row.Declared.Statement))));
    }

    /// <summary>The rows of several comparisons, one below the other: a table for each target.</summary>
    public static string OneBelowTheOther(IEnumerable<RowGroup> groups, IReadOnlyCollection<ResultRatio> ratios)
    {
        var targets = groups.GroupBy(group => (group.Target, Url: TargetIds.Served.Contains(group.Target) ? "" : group.Url)).ToArray();
        return string.Join('\n', targets.Select(target =>
            (targets.Length > 1 ? $"**{MarkdownText.Escape($"{target.Key.Target} {target.Key.Url}".TrimEnd())}**\n\n" : "")
            + MarkdownTable.Render(Compact, [.. target.SelectMany(group => group.Rows.Select(row => LineOf(group, row, ratios)))])));
    }

    private static Line LineOf(RowGroup group, ResultRow row, IEnumerable<ResultRatio> ratios) => new(
        Breakable(ParameterText.Suffix(group.Parameters with { Class = null, Url = null, Link = group.Parameters.Class is null ? group.Parameters.Link : null }).TrimStart(',', ' ')),
        row,
        TimeitLine.Of(row, ratios.Where(group.Has)));

    // A member's name that is longer than a column has room for may be broken at its words.
    private static string Breakable(string text) => string.Join(' ', text.Split(' ').Select(word => word.Length > LongestWord ? WordStart().Replace(word, " ") : word));

    [GeneratedRegex("(?<=[a-z0-9])(?=[A-Z])")]
    private static partial Regex WordStart();

    private sealed record Line(string Case, ResultRow Row, TimeitLine Cells);
}
