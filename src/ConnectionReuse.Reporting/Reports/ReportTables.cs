using ConnectionReuse.Reporting.Charts;
using ConnectionReuse.Reporting.Results;
using ConnectionReuse.Reporting.Tables;

namespace ConnectionReuse.Reporting.Reports;

/// <summary>A report's tables: rows that failed or were not reachable stand in them with their reason.</summary>
internal static class ReportTables
{
    private static readonly Column<(RowGroup Group, ResultRow Row, IReadOnlyList<ResultRatio> Ratios)>[] Compact =
    [
        new("target", line => ChartText.Name(line.Group), IsNumber: false),
        new("client", line => line.Row.Client, IsNumber: false),
        new("ms/call (interval)", line => ChartText.MillisecondsPerCall(line.Row) is { } time ? ChartText.Milliseconds(time).Replace(" ms", "", StringComparison.Ordinal) : ""),
        new("connections", line => line.Row.Connections is { } connections ? Figure.Count(connections) : ""),
        new("opened", line => line.Row.ConnectionsOpened is { } opened ? Figure.Count(opened) : ""),
        new("reuse is x faster", line => string.Join(", ", line.Ratios.Select(ChartText.Ratio))),
        new("remark", line => Remark(line.Row), IsNumber: false),
    ];

    /// <summary>The documented session as a table of the same columns as <see cref="Timeit"/>.</summary>
    public static string Documented() => Section(DocumentedSession.Lines, DocumentedSession.Notes);

    /// <summary>A comparison's rows in the manner of timeit.</summary>
    public static string Timeit(RowGroup group, IReadOnlyCollection<ResultRatio> ratios)
    {
        ResultRatio[] own = [.. ratios.Where(group.Has)];
        return Section([.. group.Rows.Select(row => Line(group, row, own))], TimeitNotes.Of(group, own));
    }

    /// <summary>The rows of several comparisons, one below the other.</summary>
    public static string OneBelowTheOther(IEnumerable<RowGroup> groups, IReadOnlyCollection<ResultRatio> ratios) => MarkdownTable.Render(
        Compact,
        [
            .. from comparison in groups
               from row in comparison.Rows
               select (comparison, row, (IReadOnlyList<ResultRatio>)[.. ChartText.Reuse(comparison, row.Client, ratios)]),
        ]);

    /// <summary>How shared clients lose their connections: connections per 100 calls, readable without the times.</summary>
    public static string Diagnosis(IEnumerable<RowGroup> groups) => MarkdownTable.Render<(RowGroup Group, ResultRow Row)>(
        [
            new("target", line => line.Group.Target, IsNumber: false),
            new("client", line => line.Row.Client, IsNumber: false),
            new("connections per 100 calls", line => PerHundred(line.Row.Connections, line.Row)),
            new("opened per 100 calls", line => PerHundred(line.Row.ConnectionsOpened, line.Row)),
            new("ms/call", line => ChartText.MillisecondsPerCall(line.Row) is { } time ? ChartText.Milliseconds(time).Split(' ')[0] : ""),
            new("remark", line => Remark(line.Row), IsNumber: false),
        ],
        [.. from comparison in groups from row in comparison.Rows select (comparison, row)]);

    public static string List(IEnumerable<string> items) => string.Concat(items.Select(item => $"- {item}\n"));

    // A ratio that holds 1 and what it saves are told by a tilde.
    private static TimeitLine Line(RowGroup group, ResultRow row, ResultRatio[] ratios)
    {
        var line = TimeitLine.Of(row, ratios);
        ResultRatio[] reuse = [.. ChartText.Reuse(group, row.Client, ratios)];
        return reuse.Length == 1 && ChartText.IsUndecided(reuse[0])
            ? line with { Faster = ChartText.Undecided, Saved = ChartText.Undecided }
            : reuse.Where(ChartText.IsUndecided).Aggregate(line, (told, ratio) => told with
            {
                Faster = told.Faster.Replace(Figure.Ratio(ratio.Value, ratio.Low, ratio.High), ChartText.Undecided, StringComparison.Ordinal),
            });
    }

    private static string PerHundred(double? count, ResultRow row) => count is null ? "" : Figure.Count(100 * count.Value / row.Requests);

    private static string Remark(ResultRow row) =>
        row.Status != RowStatus.Measured ? ChartText.Why(row).ReplaceLineEndings(" ") : row.Reason?.ReplaceLineEndings(" ") ?? "";

    private static string Section(IReadOnlyCollection<TimeitLine> lines, IEnumerable<string> notes)
    {
        var table = MarkdownTable.Render(TimeitLine.Columns, lines);
        return List(notes.Select(note => note.ReplaceLineEndings(" "))) is { Length: > 0 } list ? $"{table}\n{list}" : table;
    }
}
