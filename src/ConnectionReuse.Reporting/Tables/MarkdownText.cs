using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.Tables;

/// <summary>
/// The edge of Markdown: everything that comes out of a result file passes here before it stands on a page, so that a
/// server's words, a URL or a processor's name are shown and never become a table's cell, a link or an element.
/// </summary>
internal static partial class MarkdownText
{
    /// <summary>Words in a line of text, in a table or out of it.</summary>
    public static string Escape(string text)
    {
        var line = PlainText.OneLine(text);
        var escaped = new StringBuilder(line.Length);
        for (var i = 0; i < line.Length; i++)
        {
            escaped.Append(line[i] switch
            {
                '<' => "&lt;",
                '>' => "&gt;",
                '&' => "&amp;",
                '\\' or '`' or '[' or ']' or '*' or '|' => $"\\{line[i]}",
                '@' when i + 1 < line.Length && char.IsLetterOrDigit(line[i + 1]) => " ", // would call somebody on GitHub
                var letter => letter.ToString(),
            });
        }

        return escaped.ToString();
    }

    /// <summary>Code in a line of text, in a table or out of it; without any letter it is nothing.</summary>
    public static string Code(string code)
    {
        var line = PlainText.OneLine(code);
        if (line.Length == 0 || line.Contains("\\|", StringComparison.Ordinal))
        {
            return Escape(line); // within code nothing tells a backslash before a bar from one that escapes it
        }

        var fence = new string('`', LongestRun(line) + 1);
        var room = line.StartsWith('`') || line.EndsWith('`') ? " " : "";
        return $"{fence}{room}{line.Replace("|", "\\|", StringComparison.Ordinal)}{room}{fence}";
    }

    /// <summary>Lines as they are, in a block of code.</summary>
    public static string Block(string language, IEnumerable<string> lines)
    {
        string[] plain = [.. lines.Select(PlainText.OneLine)];
        var fence = new string('`', Math.Max(3, plain.Select(LongestRun).DefaultIfEmpty(0).Max() + 1));
        return $"{fence}{language}\n{string.Concat(plain.Select(line => $"{line}\n"))}{fence}\n";
    }

    /// <summary>A list of words; it ends with a line feed, and is empty without items.</summary>
    public static string List(IEnumerable<string> items) => Items(items.Select(item => Start().Replace(Escape(item), "\\$&")));

    /// <summary>A list of what is Markdown already.</summary>
    public static string Items(IEnumerable<string> items) => string.Concat(items.Select(item => $"- {item}\n"));

    /// <summary>Words within an element or an attribute of a page; an empty line would end the element for Markdown.</summary>
    public static string Html(string text) =>
        Marks().Replace(WebUtility.HtmlEncode(PlainText.OneLine(text)), mark => string.Create(CultureInfo.InvariantCulture, $"&#{(int)mark.Value[0]};"));

    private static int LongestRun(string text) => Backticks().Matches(text).Select(run => run.Length).DefaultIfEmpty(0).Max();

    [GeneratedRegex("`+")]
    private static partial Regex Backticks();

    // What is Markdown to a reader that does not know where elements end.
    [GeneratedRegex(@"[\[\]`]|@(?=\w)")]
    private static partial Regex Marks();

    // What makes a heading, a list, a rule or a block of code at the start of an item.
    [GeneratedRegex("^(?:#|[-+](?= |$)|-(?=--)|~(?=~~))")]
    private static partial Regex Start();
}
