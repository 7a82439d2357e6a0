using ConnectionReuse.Reporting.Rows;
using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.Tables;

/// <summary>The ways to lose a connection, with what each costs in connections and what to do about it: no times.</summary>
internal static class DiagnosisTable
{
    /// <summary>The class whose rows it shows.</summary>
    public const string Class = "LosingReuse";

    private static IReadOnlyList<Column<ResultRow>> Columns { get; } =
    [
        new("what happens", row => row.Client, IsNumber: false),
        new("expected", row => row.Declared.Expected is { } expected ? PerCalls(expected.Carrying, expected.Opened, row.Requests) : "?"),
        new("seen", Seen),
        new("calls counted", row => Figure.Count(row.Requests * row.Launches.Sum(launch => launch.IterationSeconds.Count))),
    ];

    /// <summary>Whether a comparison is shown so.</summary>
    internal static bool Shows(RowGroup group) => group.Parameters.Class == Class;

    /// <summary>The table; it ends with a line feed.</summary>
    public static string Render(RowGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        return $"Connections per {DocumentedFigures.Calls} calls:\n\n{MarkdownTable.Render(Columns, group.Rows)}\n{MarkdownText.Items(group.Rows.Select(InWords))}";
    }

    // What happens in code, and what to do about it: more than a column has room for.
    private static string InWords(ResultRow row) =>
        $"{MarkdownText.Escape(row.Client)}: {MarkdownText.Code(row.Declared.Statement)}{(RowText.Remedy(row) is { } remedy ? $"; remedy: {MarkdownText.Escape(remedy)}" : "")}";

    private static string Seen(ResultRow row) => (row.PerIteration(counts => counts.Carrying), row.PerIteration(counts => counts.Opened)) is ({ } carrying, { } opened)
        ? PerCalls(carrying, opened, row.Requests)
        : row.Status.Words();

    // A connection that is kept is one, however many calls it carries.
    private static string PerCalls(double carrying, double opened, int requests) =>
        Figure.Count(opened == 0 ? carrying : carrying * DocumentedFigures.Calls / requests);
}
