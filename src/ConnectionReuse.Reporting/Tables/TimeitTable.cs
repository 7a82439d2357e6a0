using ConnectionReuse.Reporting.Results;
using ConnectionReuse.Targets;

namespace ConnectionReuse.Reporting.Tables;

/// <summary>
/// The run as Markdown in the manner of the documented timeit session: the statement, how often it ran, how long that
/// took. A ratio never stands without its interval and what it saves per call.
/// </summary>
public static class TimeitTable
{
    /// <summary>The whole table, with its notes and its environment; it ends with a line feed.</summary>
    public static string Render(ResultFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return string.Join('\n',
        [
            .. RowGroup.Of(file.Rows).Select(group => Comparison(group, [.. file.Ratios.Where(group.Has)])),
            Section(DocumentedSession.Heading, DocumentedSession.Lines, DocumentedSession.Notes),
            $"### how to read it\n\n{List(Legend.Of(file))}",
            $"### environment\n\n{List(EnvironmentLines.Of(file.Environment))}",
        ]);
    }

    private static string Comparison(RowGroup group, ResultRatio[] ratios) =>
        Section(Heading(group), [.. group.Rows.Select(row => TimeitLine.Of(row, ratios))], TimeitNotes.Of(group, ratios));

    private static string Section(string heading, IReadOnlyCollection<TimeitLine> lines, IEnumerable<string> notes)
    {
        var table = $"### {heading}\n\n{MarkdownTable.Render(TimeitLine.Columns, lines)}";
        return List(notes) is { Length: > 0 } list ? $"{table}\n{list}" : table;
    }

    // A local target's port is another one in every run; without it two tables can be compared line by line.
    private static string Heading(RowGroup group)
    {
        var name = TargetIds.Local.Contains(group.Target) ? group.Target : $"{group.Target} {group.Url}";
        var parameters = group.Parameters
            .Where(parameter => parameter.Value != group.Url)
            .Select(parameter => $", {parameter.Key} {parameter.Value}");
        return $"{name}{string.Concat(parameters)} ({Regime.Of(group.Url).Name})";
    }

    private static string List(IEnumerable<string> items) => string.Concat(items.Select(item => $"- {item}\n"));
}
