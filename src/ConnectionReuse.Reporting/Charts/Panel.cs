namespace ConnectionReuse.Reporting.Charts;

/// <summary>One of several plots of a chart, with its axes.</summary>
/// <param name="Title">Above the plot.</param>
/// <param name="X">The horizontal axis.</param>
/// <param name="Y">The vertical axis; its <see cref="Scale.From"/> is the lower end.</param>
internal sealed record Panel(string Title, Scale X, Scale Y)
{
    private const double LineHeight = 14;

    /// <summary>Draws title, grid and axes.</summary>
    /// <param name="canvas">Where.</param>
    /// <param name="xTitle">What the horizontal axis shows.</param>
    /// <param name="yUnit">Behind each figure of the vertical axis.</param>
    public void Draw(Canvas canvas, string xTitle, string yUnit = "")
    {
        var theme = canvas.Theme;
        foreach (var tick in Y.Ticks())
        {
            canvas.Line(X.From, Y.At(tick), X.To, Y.At(tick), theme.Grid);
            canvas.Text(X.From - 8, Y.At(tick) + 4, Scale.Label(tick) + yUnit, theme.Muted, Canvas.SmallSize, "end");
        }

        DrawFrame(canvas, xTitle);
    }

    /// <summary>Draws the title and the horizontal axis alone.</summary>
    /// <param name="canvas">Where.</param>
    /// <param name="xTitle">What the horizontal axis shows.</param>
    public void DrawFrame(Canvas canvas, string xTitle)
    {
        var theme = canvas.Theme;
        var size = Canvas.WidthOf(Title) <= X.To - X.From ? Canvas.TextSize : Canvas.SmallSize;
        var lines = ChartText.Lines(Title, (int)((X.To - X.From) / Canvas.WidthOf("x", size)));
        for (var line = 0; line < lines.Count; line++)
        {
            canvas.Text(X.From, Y.To - LineHeight * (lines.Count - line), lines[line], size: size, bold: true);
        }

        foreach (var tick in X.Ticks())
        {
            canvas.Line(X.At(tick), Y.From, X.At(tick), Y.From + 5, theme.Muted);
            canvas.Text(X.At(tick), Y.From + 19, Scale.Label(tick), theme.Muted, Canvas.SmallSize, "middle");
        }

        canvas.Line(X.From, Y.From, X.To, Y.From, theme.Muted);
        canvas.Text((X.From + X.To) / 2, Y.From + 37, xTitle, theme.Muted, Canvas.SmallSize, "middle");
    }
}

/// <summary>Plots two abreast.</summary>
internal static class Panels
{
    public const double Top = 72;
    private const double Height = 290;
    private const double Gap = 42;

    /// <summary>How high a chart of so many panels is.</summary>
    public static double HeightOf(int panels) => Top + Height * ((panels + 1) / 2);

    /// <summary>The pixels of a panel's plot, its title and axes excluded; a single one has the whole width.</summary>
    public static (double Left, double Right, double Bottom, double Top) Place(int index, int panels)
    {
        const double Half = (Canvas.Width - 2 * Canvas.Margin - Gap) / 2;
        var left = Canvas.Margin + index % 2 * (Half + Gap);
        var top = Top + index / 2 * Height;
        return (left + 46, panels == 1 ? Canvas.Width - Canvas.Margin : left + Half, top + Height - 62, top + 34);
    }
}
