using System.Net;
using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.Pages;

/// <summary>The edge of HTML: everything that comes out of a result file passes here before it stands on a page.</summary>
internal static class HtmlText
{
    /// <summary>Words within an element or a quoted attribute.</summary>
    public static string Of(string text) => WebUtility.HtmlEncode(PlainText.OneLine(text));

    /// <summary>A table; empty without rows.</summary>
    /// <param name="caption">What it shows, for those who do not see where it stands.</param>
    /// <param name="columns">Headings; those of numbers stand to the right.</param>
    /// <param name="rows">Cells, as HTML; the first names the row.</param>
    /// <param name="attributes">Of the table element.</param>
    public static string Table(string caption, IReadOnlyList<(string Heading, bool IsNumber)> columns, IEnumerable<IReadOnlyList<string>> rows, string attributes = "")
    {
        var lines = string.Concat(rows.Select(cells =>
            $"<tr><th>{cells[0]}</th>{string.Concat(cells.Skip(1).Zip(columns.Skip(1), (cell, column) => $"<td{(column.IsNumber ? " class=n" : "")}>{cell}</td>"))}</tr>\n"));
        return lines.Length == 0 ? "" : $"""
            <div class="scroll" role="region" tabindex="0" aria-label="{Of(caption)}"><table{attributes}>
            <caption>{Of(caption)}</caption>
            <thead><tr>{string.Concat(columns.Select(column => $"<th scope=\"col\"{Number(column.IsNumber)}>{Of(column.Heading)}</th>"))}</tr></thead>
            <tbody>
            {lines}</tbody></table></div>

            """.ReplaceLineEndings("\n");
    }

    private static string Number(bool isNumber) => isNumber ? " class=\"n\"" : "";
}
