using System.Globalization;
using System.Security;
using System.Text;
using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.Charts;

/// <summary>Writes SVG elements: numbers without a culture, two decimals, attributes always in one order.</summary>
/// <param name="theme">The colours.</param>
/// <param name="height">In pixels.</param>
/// <param name="name">What its parts are called by, so that several pictures stand in one page.</param>
internal sealed class Canvas(ChartTheme theme, double height, string name)
{
    public const double Width = 860;
    public const double Margin = 20;
    public const double TextSize = 13;
    public const double SmallSize = 11.5;

    // Wider than any usual font's mean letter, so that what fits here fits everywhere.
    private const double LetterWidth = 0.59;

    private readonly StringBuilder _definitions = new();
    private readonly StringBuilder _body = new();

    public ChartTheme Theme => theme;

    /// <summary>How wide a text is at most.</summary>
    public static double WidthOf(string text, double size = TextSize) => text.Length * size * LetterWidth;

    public void Text(
        double x, double y, string text, string? color = null, double size = TextSize, string anchor = "start", bool bold = false) =>
        _body.Append(CultureInfo.InvariantCulture, $"<text x=\"{N(x)}\" y=\"{N(y)}\" fill=\"{color ?? theme.Ink}\" font-size=\"{N(size)}\"")
            .Append(anchor == "start" ? "" : $" text-anchor=\"{anchor}\"").Append(bold ? " font-weight=\"600\"" : "")
            .Append('>').Append(Escape(text)).Append("</text>\n");

    /// <summary>Text on a patch of background, readable over lines and patterns.</summary>
    public void Tag(double x, double y, string text, string? color = null, double size = SmallSize, bool bold = false)
    {
        var width = WidthOf(text, size) + 4;
        Rectangle(x - width / 2, y - size, width, size + 4, theme.Background);
        Text(x, y, text, color, size, "middle", bold);
    }

    public void Heading(string title, string? note = null)
    {
        Text(Margin, 30, title, size: 17, bold: true);
        if (note is not null)
        {
            Text(Margin, 50, note, theme.Muted, SmallSize);
        }
    }

    public void Rectangle(double x, double y, double width, double height, string fill, string? stroke = null) =>
        _body.Append($"<rect x=\"{N(x)}\" y=\"{N(y)}\" width=\"{N(width)}\" height=\"{N(height)}\" fill=\"{fill}\"")
            .Append(stroke is null ? "" : $" stroke=\"{stroke}\"").Append("/>\n");

    public void Line(double x1, double y1, double x2, double y2, string stroke, double width = 1, string? dash = null) =>
        _body.Append($"<line x1=\"{N(x1)}\" y1=\"{N(y1)}\" x2=\"{N(x2)}\" y2=\"{N(y2)}\" stroke=\"{stroke}\" stroke-width=\"{N(width)}\"")
            .Append(Dash(dash)).Append("/>\n");

    public void Path(IEnumerable<(double X, double Y)> points, string stroke, double width = 2, string? dash = null) =>
        _body.Append("<polyline points=\"").AppendJoin(' ', points.Select(point => $"{N(point.X)},{N(point.Y)}"))
            .Append($"\" fill=\"none\" stroke=\"{stroke}\" stroke-width=\"{N(width)}\"").Append(Dash(dash)).Append("/>\n");

    /// <summary>A line that a value is drawn to in steps: it is that high until the next one.</summary>
    public void Steps(IReadOnlyList<(double X, double Y)> points, string stroke, double width = 2, string? dash = null) =>
        Path(points.SelectMany((point, index) => index == 0 ? [point] : new[] { (point.X, points[index - 1].Y), point }), stroke, width, dash);

    /// <summary>An area through which the lines below it show.</summary>
    public void Band(double x, double y, double width, double height, string fill) =>
        _body.Append($"<rect x=\"{N(x)}\" y=\"{N(y)}\" width=\"{N(width)}\" height=\"{N(height)}\" fill=\"{fill}\" fill-opacity=\"0.16\"/>\n");

    /// <summary>A round mark, hollow for what reuses its connection.</summary>
    public void Dot(double x, double y, string color, bool hollow = false) =>
        _body.Append($"<circle cx=\"{N(x)}\" cy=\"{N(y)}\" r=\"4.5\" fill=\"{(hollow ? theme.Background : color)}\" stroke=\"{color}\" stroke-width=\"2\"/>\n");

    /// <summary>A floor's mark.</summary>
    public void Diamond(double x, double y, string color) =>
        _body.Append($"<path d=\"M{N(x)} {N(y - 6)} L{N(x + 6)} {N(y)} L{N(x)} {N(y + 6)} L{N(x - 6)} {N(y)} Z\" fill=\"{theme.Background}\" stroke=\"{color}\" stroke-width=\"1.5\"/>\n");

    /// <summary>An interval that lies, from one x to another.</summary>
    public void Across(double from, double to, double y, string color, double width = 2)
    {
        Line(from, y, to, y, color, width);
        Line(from, y - 6, from, y + 6, color, width);
        Line(to, y - 6, to, y + 6, color, width);
    }

    /// <summary>An interval that stands, from one y to another.</summary>
    public void Upright(double x, double from, double to, string color, double width = 2)
    {
        Line(x, from, x, to, color, width);
        Line(x - 6, from, x + 6, from, color, width);
        Line(x - 6, to, x + 6, to, color, width);
    }

    /// <summary>An area filled with a colour and lines of the background over it; no lines leave it plain.</summary>
    /// <returns>The fill's name for <see cref="Rectangle"/>.</returns>
    public string Pattern(int index, string fill, string lines)
    {
        _definitions.Append($"<pattern id=\"{name}-fill{index}\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\"><rect width=\"8\" height=\"8\" fill=\"{fill}\"/>")
            .Append(lines.Length == 0 ? "" : $"<path d=\"{lines}\" stroke=\"{theme.Background}\" stroke-width=\"1.6\"/>").Append("</pattern>\n");
        return $"url(#{name}-fill{index})";
    }

    public string Document(string title, string alternative) =>
        $"""
        <svg xmlns="http://www.w3.org/2000/svg" width="{N(Width)}" height="{N(height)}" viewBox="0 0 {N(Width)} {N(height)}" role="img" aria-labelledby="{name}-title {name}-desc" font-family="system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif">
        <title id="{name}-title">{Escape(title)}</title>
        <desc id="{name}-desc">{Escape(alternative)}</desc>

        """.ReplaceLineEndings("\n")
        + (_definitions.Length == 0 ? "" : $"<defs>\n{_definitions}</defs>\n")
        + $"<rect width=\"{N(Width)}\" height=\"{N(height)}\" fill=\"{theme.Background}\"/>\n{_body}</svg>\n";

    private static string Dash(string? dash) => dash is null ? "" : $" stroke-dasharray=\"{dash}\"";

    // A character that XML does not know would make the whole picture unreadable.
    private static string Escape(string text) =>
        SecurityElement.Escape(string.Concat(text.Select(letter => PlainText.IsControl(letter) || char.IsSurrogate(letter) || letter is '\uFFFE' or '\uFFFF' ? ' ' : letter)));

    // + 0.0 turns a negative zero into zero.
    private static string N(double number) => (Math.Round(number, 2) + 0.0).ToString("0.##", CultureInfo.InvariantCulture);
}
