using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.Tables;

/// <summary>What the clients of a table run, below it: code needs more room than a column has.</summary>
internal static class StatementLines
{
    /// <summary>One line for each statement, as Markdown.</summary>
    public static IEnumerable<string> Of(IEnumerable<ResultRow> rows) => rows
        .GroupBy(row => row.Declared.Statement)
        .Select(same => $"{MarkdownText.Escape(string.Join(", ", same.Select(row => row.Client).Distinct()))}: {MarkdownText.Code(same.Key)}");
}
