using System.Globalization;
using ConnectionReuse.Reporting.Charts;
using ConnectionReuse.Reporting.Reports;
using ConnectionReuse.Reporting.Rows;
using ConnectionReuse.Reporting.Tables;
using ConnectionReuse.Results;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ConnectionReuse.Bench.Screen;

/// <summary>A result on a terminal of 80 columns or more: the targets, and the answer last, where a terminal that scrolls shows it.</summary>
internal static class ResultScreen
{
    private const string Indent = "  ";

    /// <summary>The whole screen.</summary>
    /// <param name="result">What was measured.</param>
    /// <param name="pointers">What lies where and what to type next: names and what they point at.</param>
    /// <param name="explain">Whether the terms are explained.</param>
    public static IRenderable Of(ResultFile result, IReadOnlyList<(string Name, string Target)> pointers, bool explain = false)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(pointers);
        var groups = RowGroup.Of(result.Rows);
        return new Rows(
        [
            .. groups.SelectMany((group, index) => Target(result, group, first: index == 0)),
            .. result.Runs[0].Kind == RunKind.Documented ? Documented() : [],
            .. explain ? Explained(result) : [],
            new Padder(Answered(result), new Padding(2, 0, 0, 0)),
            Text.Empty,
            .. Pointers(pointers),
        ]);
    }

    private static IEnumerable<IRenderable> Target(ResultFile result, RowGroup group, bool first)
    {
        var title = new Paragraph();
        title.Append($"{Indent}{ChartText.Name(group)}", Ink.Bold);
        title.Append(string.Create(CultureInfo.InvariantCulture, $" ({Regime.NameOf(group.Rows[0])}), {group.Rows[0].Requests} calls a time{(first ? $", {result.Runs.Sum(run => run.DurationSeconds ?? 0):0} s" : "")}"), Ink.Quiet);
        yield return title;
        yield return new ClientRows(group.Rows, result.Rows, titled: first);
        ResultRow[] listened = [.. group.Rows.Where(row => row.Phases is not null)];
        if (listened.Length > 0)
        {
            yield return new PhaseBars(listened);
        }

        yield return Text.Empty;
    }

    private static Paragraph Answered(ResultFile result)
    {
        var answer = new Paragraph();
        foreach (var part in Answer.Of(result))
        {
            answer.Append(part.Text, part.IsStrong ? Ink.Strong : Style.Plain);
        }

        return answer;
    }

    private static IEnumerable<IRenderable> Documented()
    {
        yield return new Text($"{Indent}documented, not measured here: Python requests, one run of each statement", Ink.Quiet);
        foreach (var line in DocumentedSession.Lines)
        {
            yield return new Text($"{Indent}{line.Client,-14}{line.PerCall,8} ms a call  {line.Connections,3} connections", Ink.Quiet);
        }

        yield return Text.Empty;
    }

    private static IEnumerable<IRenderable> Explained(ResultFile result)
    {
        foreach (var term in Legend.Of(result))
        {
            yield return new Padder(new Text($"- {term}", Ink.Quiet), new Padding(2, 0, 0, 0));
        }

        yield return Text.Empty;
    }

    private static IEnumerable<IRenderable> Pointers(IReadOnlyList<(string Name, string Target)> pointers)
    {
        var width = pointers.Select(pointer => pointer.Name.Length).DefaultIfEmpty(0).Max();
        return pointers.Select(pointer => new Text($"{Indent}{pointer.Name.PadRight(width)}  {pointer.Target}", Ink.Quiet));
    }
}
