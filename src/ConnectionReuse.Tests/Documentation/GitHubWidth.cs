using System.Globalization;
using System.Text.RegularExpressions;

namespace ConnectionReuse.Tests.Documentation;

/// <summary>
/// How wide GitHub draws a table: columns of characters at its default font, 16 px of Helvetica's or Arial's widths, bold in a heading,
/// 13.6 px of a fixed pitch in code, and the room around each cell. Figures stand on one line; words and headings wrap.
/// </summary>
internal static partial class GitHubWidth
{
    /// <summary>A page of GitHub's has so much room beside a list of files.</summary>
    public const int Most = 760;

    private const double Font = 16.0 / 1000;
    private const double Bold = 1.06;
    private const double CodeLetter = 8.16;
    private const double CodeRoom = 10.9;
    private const double CellRoom = 27;

    // Adobe's metrics of Helvetica, in thousandths of the font's size.
    private static readonly (string Letters, int Width)[] Widths =
    [
        ("ijl'|", 222), (" !,./:;[]\\ftI", 278), ("()-r`\"", 340), ("*", 389), ("cksvxyzJ", 500), ("abdeghnopquL0123456789?_$#", 556),
        ("+<>=~", 584), ("FTZ", 611), ("&ABEKPSVXY", 667), ("wCDHNRU", 722), ("GOQ", 778), ("mM", 833), ("%", 889), ("W", 944), ("@", 1015),
    ];

    private static readonly Dictionary<char, int> ByLetter = Widths.SelectMany(group => group.Letters.Select(letter => (letter, group.Width))).ToDictionary(letter => letter.letter, letter => letter.Width);

    /// <summary>The tables of a page, each as its lines.</summary>
    public static IEnumerable<string[]> Tables(string page) => Table().Matches(Fence().Replace(page, "")).Select(match => match.Value.TrimEnd('\n').Split('\n'));

    /// <summary>A table's width, in pixels.</summary>
    public static double Of(string[] table)
    {
        string[] rule = [.. Cells(table[1])];
        string[][] cells = [.. table.Where((_, line) => line != 1).Select(line => Cells(line).ToArray())];
        bool Wraps(int column) => !rule[column].EndsWith(':');
        double Of(string cell, int column) => Wraps(column) ? cell.Replace("`", "", StringComparison.Ordinal).Split(' ', '-').Max(Text) : Text(cell);
        return 1 + cells[0].Select((heading, column) => CellRoom + cells.Skip(1).Select(row => Of(row[column], column)).Append(Bold * heading.Split(' ').Max(Text)).Max()).Sum();
    }

    /// <summary>A table as a message names it.</summary>
    public static string Name(string[] table) => string.Create(CultureInfo.InvariantCulture, $"{Of(table):0} px: {table[0]} {table[^1]}");

    private static IEnumerable<string> Cells(string line) => Bar().Split(line.Trim().Trim('|')).Select(cell => cell.Trim());

    private static double Text(string cell)
    {
        var code = Code().Matches(cell).Sum(match => (match.Groups[1].Length * CodeLetter) + CodeRoom);
        var words = Link().Replace(Code().Replace(cell, ""), "$1").Replace("\\", "", StringComparison.Ordinal).Replace("*", "", StringComparison.Ordinal);
        return code + (Font * words.Sum(letter => ByLetter.GetValueOrDefault(letter, 556)));
    }

    [GeneratedRegex("^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"(?:^\|.*\n)+", RegexOptions.Multiline)]
    private static partial Regex Table();

    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex Bar();

    [GeneratedRegex("`+([^`]*)`+")]
    private static partial Regex Code();

    [GeneratedRegex(@"\[([^\]]*)\]\([^)]*\)")]
    private static partial Regex Link();
}
