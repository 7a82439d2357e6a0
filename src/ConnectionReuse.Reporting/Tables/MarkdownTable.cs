using System.Text;

namespace ConnectionReuse.Reporting.Tables;

/// <summary>A column of a <see cref="MarkdownTable"/>.</summary>
/// <param name="Header">The column's title.</param>
/// <param name="Cell">The column's text for a row; empty where there is none.</param>
/// <param name="IsNumber">Numbers are aligned at their right end.</param>
/// <param name="Kind">What the cells are.</param>
internal sealed record Column<TRow>(string Header, Func<TRow, string> Cell, bool IsNumber = true, CellKind Kind = CellKind.Text);

/// <summary>What a cell is, and so how it becomes Markdown.</summary>
internal enum CellKind
{
    /// <summary>Words and figures.</summary>
    Text,

    /// <summary>Code.</summary>
    Code,

    /// <summary>Markdown already, each part of it escaped by whoever made it.</summary>
    Markdown,
}

/// <summary>GitHub's pipe tables, padded so that they read well on a terminal too.</summary>
internal static class MarkdownTable
{
    /// <summary>The table's lines; a column without any text is left out.</summary>
    public static string Render<TRow>(IEnumerable<Column<TRow>> columns, IReadOnlyCollection<TRow> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var filled = columns
            .Select(column => new Filled(MarkdownText.Escape(column.Header), column.IsNumber, [.. rows.Select(row => Text(column.Cell(row), column.Kind))]))
            .Where(column => column.Cells.Any(cell => cell.Length > 0))
            .ToArray();

        var text = new StringBuilder();
        AppendLine(text, filled.Select(column => column.Pad(column.Header)));
        AppendLine(text, filled.Select(column => column.Rule));
        for (var row = 0; row < rows.Count; row++)
        {
            AppendLine(text, filled.Select(column => column.Pad(column.Cells[row])));
        }

        return text.ToString();
    }

    private static void AppendLine(StringBuilder text, IEnumerable<string> cells) =>
        text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");

    private static string Text(string cell, CellKind kind) => kind switch
    {
        CellKind.Text => MarkdownText.Escape(cell),
        CellKind.Code => MarkdownText.Code(cell),
        CellKind.Markdown => cell,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    private sealed record Filled(string Header, bool IsNumber, string[] Cells)
    {
        private int Width { get; } = Math.Max(3, Cells.Append(Header).Max(text => text.Length)); // Markdown's shortest rule

        public string Rule => IsNumber ? new string('-', Width - 1) + ":" : new string('-', Width);

        public string Pad(string text) => IsNumber ? text.PadLeft(Width) : text.PadRight(Width);
    }
}
