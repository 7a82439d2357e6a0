using ConnectionReuse.Reporting.Charts;
using ConnectionReuse.Reporting.Rows;
using ConnectionReuse.Reporting.Tables;
using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.Reports;

/// <summary>A report's tables: rows that failed or were not reachable stand in them with their reason.</summary>
internal static class ReportTables
{
    private static readonly Column<(RowGroup Group, ResultRow Row, IReadOnlyList<ResultRatio> Ratios)>[] Compact =
    [
        new("target", line => ChartText.Name(line.Group), IsNumber: false),
        new("client", line => line.Row.Client, IsNumber: false),
        // Of calls in flight together the time of all over their number is nobody's time: their percentiles have a table of their own.
        new("ms/call (interval)", line => line.Row.Declared.InFlight is not null ? "" : ChartText.MillisecondsPerCall(line.Row) is { } time ? ChartText.Milliseconds(time).Replace(" ms", "", StringComparison.Ordinal) : ""),
        new("connections", line => line.Row.PerIteration(counts => counts.Carrying) is { } connections ? Figure.Count(connections) : ""),
        new("opened", line => line.Row.PerIteration(counts => counts.Opened) is { } opened ? Figure.Count(opened) : ""),
        new("reuse is x faster", line => string.Join(", ", line.Ratios.Select(RatioText.Of))),
        new("remark", line => Remark(line.Row), IsNumber: false),
    ];

    /// <summary>The documented session as a table of the same columns as <see cref="Timeit"/>.</summary>
    public static string Documented() => Section(DocumentedSession.Lines, DocumentedSession.Notes);

    /// <summary>A comparison's rows in the manner of timeit.</summary>
    public static string Timeit(RowGroup group, IReadOnlyCollection<ResultRatio> ratios)
    {
        ResultRatio[] own = [.. ratios.Where(group.Has)];
        return Section([.. group.Rows.Select(row => TimeitLine.Of(row, own))], TimeitNotes.Of(group, own));
    }

    /// <summary>The rows of several comparisons, one below the other, and below them what is to be said of their times.</summary>
    public static string OneBelowTheOther(IEnumerable<RowGroup> groups, IReadOnlyCollection<ResultRatio> ratios)
    {
        (RowGroup Group, ResultRow Row, IReadOnlyList<ResultRatio> Ratios)[] lines =
        [
            .. from comparison in groups
               from row in comparison.Rows
               select (comparison, row, (IReadOnlyList<ResultRatio>)[.. ChartText.Reuse(comparison, row.Client, ratios)]),
        ];
        return WithNotes(MarkdownTable.Render(Compact, lines), RemarkLines.Of(lines.Select(line => ($"{ChartText.Name(line.Group)} {line.Row.Client}", line.Row))));
    }

    private static string Remark(ResultRow row) => string.Join("; ", new[]
    {
        row.Status is RowStatus.Measured or RowStatus.Partial ? RowText.Remedy(row) : null,
        TimeitNotes.Waiting(row),
        row.Status != RowStatus.Measured ? ChartText.Why(row) : row.Reason,
    }.OfType<string>());

    private static string Section(IReadOnlyCollection<TimeitLine> lines, IEnumerable<string> notes) =>
        WithNotes(MarkdownTable.Render(TimeitLine.Columns, lines), notes);

    private static string WithNotes(string table, IEnumerable<string> notes) =>
        MarkdownText.List(notes) is { Length: > 0 } list ? $"{table}\n{list}" : table;
}
