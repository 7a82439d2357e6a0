using System.Globalization;
using ConnectionReuse.Reporting.Tables;
using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.Gate;

/// <summary>The verdict table as Markdown, for a console and for a job summary.</summary>
internal static class GateTable
{
    private static readonly Column<GateRow>[] Columns =
    [
        new("row", row => row.Name, IsNumber: false),
        new("measure", row => Words(row.Measure), IsNumber: false),
        new("verdict", row => Words(row.Verdict), IsNumber: false),
        new("estimate", row => Text(row, row.Estimate)),
        new("95 % interval", row => row is { Low: not null, High: not null } ? $"{Text(row, row.Low)} to {Text(row, row.High)}" : ""),
        new("threshold", row => Text(row, row.Threshold)),
        new("reason", row => row.Visible is null ? row.Reason : $"{row.Reason}; sees {Text(row, row.Visible)}", IsNumber: false),
    ];

    /// <summary>The table with its heading and its last line, which sums it up; it ends with a line feed.</summary>
    public static string Render(ResultFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var report = file.Gate ?? throw new ArgumentException("a file of another kind of run", nameof(file));
        return $"""
            ### Performance gate: {MarkdownText.Escape(report.Head)} against {MarkdownText.Escape(report.Base)}

            {MarkdownTable.Render([.. Columns], report.Rows)}
            {MarkdownText.List(Notes(file, report))}
            {Summary(report)}

            """.ReplaceLineEndings("\n");
    }

    /// <summary>The last line.</summary>
    public static string Summary(GateFindings report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var rows = report.Rows.Where(row => row.Decides).ToArray();
        var counts = string.Join(", ", rows.GroupBy(row => row.Verdict).OrderByDescending(group => group.Key).Select(group => $"{group.Count()} {Words(group.Key)}"));
        return report.Verdict switch
        {
            GateVerdict.Regression => $"**regression**: {string.Join(", ", rows.Where(row => row.Verdict == GateVerdict.Regression).Select(row => $"{MarkdownText.Escape(row.Name)} {Words(row.Measure)}"))} ({counts})",
            GateVerdict.Inconclusive when rows.Length == 0 => "**inconclusive**: no row could be compared",
            GateVerdict.Inconclusive => $"**inconclusive**: {MarkdownText.Escape(rows.First(row => row.Verdict == GateVerdict.Inconclusive).Reason)} ({counts})",
            _ => $"**pass**: {counts}",
        };
    }

    /// <summary>A verdict in words.</summary>
    public static string Words(GateVerdict verdict) => verdict switch
    {
        GateVerdict.Ok => "ok",
        GateVerdict.Improvement => "improvement",
        GateVerdict.Inconclusive => "inconclusive",
        GateVerdict.Regression => "regression",
        _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict, null),
    };

    private static string Words(GateMeasure measure) => measure switch
    {
        GateMeasure.Time => "time",
        GateMeasure.Connections => "connections",
        GateMeasure.Allocations => "B/request",
        GateMeasure.Ratio => "ratio",
        _ => throw new ArgumentOutOfRangeException(nameof(measure), measure, null),
    };

    private static IEnumerable<string> Notes(ResultFile file, GateFindings report)
    {
        yield return $"{file.Environment.Machine}, {file.Environment.Runtime}, {file.Environment.Placement}; measured in {file.Runs[0].DurationSeconds?.ToString("0", CultureInfo.InvariantCulture)} s";
        foreach (var (pass, index) in report.Passes.Select((pass, index) => (pass, index)))
        {
            var sets = pass.Rows.Select(row => row.Sets.Count).Concat(pass.Counts.Select(row => row.Sets.Count)).DefaultIfEmpty(0).Max();
            yield return $"{(index == 0 ? "first" : "confirming")} run, seed {pass.Seed}: {sets} {(sets == 1 ? "set" : "sets")} of fresh processes{(pass.Rows.Count == 0 ? ", counts only" : " in lock-step, with base once more as control")}";
        }

        if (report.Rows.Any(row => row.Measure == GateMeasure.Time))
        {
            yield return $"time: head over base, Hodges-Lehmann over sets; exact signed-rank test, Holm over the rows and their mean, alpha {GateRules.TimeAlpha.ToString(CultureInfo.InvariantCulture)}; 'sees' is the slowdown that one such pass finds with 95 % certainty";
        }
    }

    private static string Text(GateRow row, double? value) => value is not { } figure ? "" : row.Measure switch
    {
        GateMeasure.Time => TimeVerdicts.Change(figure),
        GateMeasure.Allocations => figure.ToString("+0;-0;0", CultureInfo.InvariantCulture),
        GateMeasure.Ratio => Figure.Text(figure, 2) + "x",
        _ => Figure.Count(figure),
    };
}
