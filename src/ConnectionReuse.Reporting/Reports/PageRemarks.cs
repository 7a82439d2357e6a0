using System.Globalization;
using System.Text.RegularExpressions;
using ConnectionReuse.Reporting.Charts;
using ConnectionReuse.Reporting.Rows;
using ConnectionReuse.Reporting.Tables;
using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.Reports;

/// <summary>What is to be said of single rows of a page: each remark once, with the rows that have it.</summary>
internal static partial class PageRemarks
{
    private const int MostNames = 6;

    /// <summary>One line for each remark; none where there is nothing to say.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<RowGroup> groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        (string Name, RowGroup Group, ResultRow Row)[] rows = [.. groups.SelectMany(group => group.Rows.Select(row => ($"{NameOf(group)} {row.Client}", group, row)))];
        return
        [
            .. RemarkLines.Of(rows.Select(row => (row.Name, row.Row))),
            .. Grouped(rows.Select(row => (row.Name, Said: Why(row.Row)))),
            .. Grouped(groups.SelectMany(group => TimeitNotes.Advice(group).Select(row => (Name: $"{NameOf(group)} {row.Client}", Said: (string?)$"instead, {RowText.Remedy(row)}")))),
            .. Grouped(rows.Where(row => row.Group.Parameters.Class is not null).Select(row => (row.Name, Said: TimeitNotes.Waiting(row.Row)))),
        ];
    }

    private static string NameOf(RowGroup group) => group.Parameters.Class is { } name ? $"{ChartText.Name(group)} ({name})" : ChartText.Name(group);

    private static string? Why(ResultRow row) => row.Status != RowStatus.Measured ? ChartText.Why(row) : row.Reason;

    // How often it holds, or how long, is told with each row, where that is all that differs.
    private static IEnumerable<string> Grouped(IEnumerable<(string Name, string? Said)> remarks) => remarks
        .Where(remark => remark.Said is not null)
        .Select(remark => Figures().Match(remark.Said!) is { Success: true } match ? (Name: $"{remark.Name} ({match.Groups["figure"].Value})", Said: match.Groups["before"].Value + match.Groups["after"].Value) : (remark.Name, Said: remark.Said!))
        .GroupBy(remark => remark.Said, remark => remark.Name)
        .Select(same => $"{same.Key}: {string.Join(", ", same.Take(MostNames))}{More(same.Count() - MostNames)}");

    private static string More(int rows) => rows > 0 ? string.Create(CultureInfo.InvariantCulture, $" and {rows} more {(rows == 1 ? "row" : "rows")}") : "";

    [GeneratedRegex(@"^(?<before>.*) in (?<figure>\d+ of \d+ launches)$|^(?<before>its time is mostly waiting), (?<figure>\S+ \S+)(?<after> before each call, .*)$", RegexOptions.Singleline)]
    private static partial Regex Figures();
}
