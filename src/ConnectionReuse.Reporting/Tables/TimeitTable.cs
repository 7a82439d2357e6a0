using ConnectionReuse.Reporting.Rows;
using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.Tables;

/// <summary>
/// The run as Markdown in the manner of the documented timeit session: the statement, how often it ran, how long that
/// took. A ratio never stands without its interval and what it saves per call.
/// </summary>
internal static class TimeitTable
{
    /// <summary>The whole table, with its notes and its environment; it ends with a line feed.</summary>
    public static string Render(ResultFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return string.Join('\n',
        [
            .. RowGroup.Of(file.Rows).Select(group => Comparison(group, [.. file.Ratios.Where(group.Has)])),
            .. RowGroup.Of(file.Rows).Where(group => group.Rows.Any(row => row.Phases is not null)).Select(Phases),
            .. file.Ratios.Any(ratio => ratio.Model is not null) ? [Model(file)] : Array.Empty<string>(),
            $"### how to read it\n\n{MarkdownText.List(Legend.Of(file))}",
            $"### environment\n\n{MarkdownText.List(EnvironmentLines.Of(file))}",
        ]);
    }

    private static string Comparison(RowGroup group, ResultRatio[] ratios) =>
        Section(Heading(group), [.. group.Rows.Select(row => TimeitLine.Of(row, ratios))], TimeitNotes.Of(group, ratios), DiagnosisTable.Shows(group) ? [] : StatementLines.Of(group.Rows), VerdictLines.Of(group)) + ClassTables.Of(group);

    private static string Phases(RowGroup group) =>
        $"### where a call's time goes: {MarkdownText.Escape(Heading(group))}\n\n{PhasesTable.Render([.. group.Rows.Where(row => row.Phases is not null).Select(row => new PhasesRow(row.Client, row.Phases!))])}";

    private static string Model(ResultFile file)
    {
        var groups = RowGroup.Of(file.Rows);
        var rows = file.Ratios.Where(ratio => ratio.Model is not null)
            .Select(ratio => (Ratio: ratio, Group: groups.First(group => group.Has(ratio))))
            .Select(found => new ModelRow(ModelTable.NameOf(found.Group, found.Ratio), found.Ratio.Model!) { RoundTripMeasured = found.Group.Rows[0].RoundTripMilliseconds is not null });
        return $"### the limit\n\n{ModelTable.Render([.. rows])}";
    }

    private static string Section(
        string heading, IReadOnlyCollection<TimeitLine> lines, IEnumerable<string> notes, IEnumerable<string> statements, IEnumerable<string> verdicts)
    {
        var onTop = MarkdownText.List(verdicts) is { Length: > 0 } list ? $"{list}\n" : string.Empty;
        return $"### {MarkdownText.Escape(heading)}\n\n{onTop}{MarkdownTable.Render(TimeitLine.Columns, lines)}\n{MarkdownText.List(notes)}{MarkdownText.Items(statements)}";
    }

    // A local target's port is another one in every run; without it two tables can be compared line by line.
    private static string Heading(RowGroup group)
    {
        var name = TargetIds.Served.Contains(group.Target) ? group.Target : $"{group.Target} {group.Url}";
        return $"{name}{ParameterText.Suffix(group.Parameters)} ({Regime.NameOf(group.Rows[0])})";
    }
}
