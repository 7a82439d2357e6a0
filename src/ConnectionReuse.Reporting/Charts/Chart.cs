namespace ConnectionReuse.Reporting.Charts;

/// <summary>A chart that can be drawn for light and for dark pages: the same bytes for the same figures.</summary>
internal sealed record Chart
{
    private readonly Action<Canvas> _draw;

    internal Chart(string name, string title, IEnumerable<string> sentences, double height, Action<Canvas> draw)
    {
        Name = name;
        Title = title;
        Alternative = string.Join(' ', sentences);
        Height = height;
        _draw = draw;
    }

    /// <summary>The file's name without theme and ending.</summary>
    public string Name { get; }

    /// <summary>What the chart shows, in a few words.</summary>
    public string Title { get; }

    /// <summary>The chart in words, every figure included.</summary>
    public string Alternative { get; }

    /// <summary>In pixels; every chart is <see cref="Canvas.Width"/> wide.</summary>
    internal double Height { get; }

    /// <summary>The name of the file with the chart in a theme.</summary>
    public string File(ChartTheme theme)
    {
        ArgumentNullException.ThrowIfNull(theme);
        return $"{Name}-{theme.Name}.svg";
    }

    /// <summary>The chart as SVG; it ends with a line feed.</summary>
    public string Render(ChartTheme theme)
    {
        var canvas = new Canvas(theme, Height, Name);
        _draw(canvas);
        return canvas.Document(Title, Alternative);
    }
}
