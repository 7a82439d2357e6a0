using System.Text.RegularExpressions;
using ConnectionReuse.Reporting.Rows;
using ConnectionReuse.Reporting.Tables;
using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.Reports;

/// <summary>A report's tables: rows that failed or were not reachable stand in them, and why stands among the page's remarks.</summary>
internal static partial class ReportTables
{
    private const int LongestWord = 20;

    private static readonly Column<Line>[] ByCase =
    [
        new("client", line => line.Client, IsNumber: false, CellKind.Markdown),
        .. TimeitLine.Columns.Skip(1).Select(column => new Column<Line>(column.Header, line => line.Figures is { } figures ? column.Cell(figures) : "")),
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

    /// <summary>The rows of several comparisons, one below the other: a table for each target, in it a line for each case and below that its clients.</summary>
    public static string OneBelowTheOther(IEnumerable<RowGroup> groups, IReadOnlyCollection<ResultRatio> ratios)
    {
        var targets = groups.GroupBy(group => (group.Target, Url: TargetIds.Served.Contains(group.Target) ? "" : group.Url)).ToArray();
        return string.Join('\n', targets.Select(target =>
            (targets.Length > 1 ? $"**{MarkdownText.Escape($"{target.Key.Target} {target.Key.Url}".TrimEnd())}**\n\n" : "")
            + MarkdownTable.Render(ByCase, [.. target.SelectMany(group => LinesOf(group, ratios))])));
    }

    private static IEnumerable<Line> LinesOf(RowGroup group, IReadOnlyCollection<ResultRatio> ratios)
    {
        if (CaseOf(group.Parameters) is { Length: > 0 } name)
        {
            yield return new Line($"**{MarkdownText.Escape(Breakable(name))}**", null);
        }

        ResultRatio[] own = [.. ratios.Where(group.Has)];
        foreach (var row in group.Rows)
        {
            var figures = TimeitLine.Of(row, own);
            // Of calls in flight together the time of all over their number is nobody's time: their percentiles have a table of their own.
            yield return new Line(MarkdownText.Escape(row.Client), row.Declared.InFlight is not null && row.HasTimes() ? figures with { PerCall = "" } : figures);
        }
    }

    // A heading above the table names the class, and the URL stands before it.
    private static string CaseOf(RowParameters parameters) => string.Join(", ", ParameterText.Of(parameters).Where(parameter => parameter.Name is not ("class" or "url"))
        .Select(parameter => parameter.Name == "case" ? parameter.Value : $"{parameter.Name} {parameter.Value}"));

    // A member's name that is longer than a column has room for may be broken at its words.
    private static string Breakable(string text) => string.Join(' ', text.Split(' ').Select(word => word.Length > LongestWord ? WordStart().Replace(word, " ") : word));

    [GeneratedRegex("(?<=[a-z0-9])(?=[A-Z])")]
    private static partial Regex WordStart();

    /// <param name="Client">Markdown: a client, or a case that the clients below it have in common.</param>
    /// <param name="Figures">Null in a case's own line.</param>
    private sealed record Line(string Client, TimeitLine? Figures);
}
