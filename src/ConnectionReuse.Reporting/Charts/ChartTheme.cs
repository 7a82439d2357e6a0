namespace ConnectionReuse.Reporting.Charts;

/// <summary>The colours of a chart; what they say is said by shape, pattern or text as well.</summary>
/// <param name="Name">Part of the file's name, such as <c>light</c>.</param>
/// <param name="Background">Opaque, so that the chart reads on a page of either kind.</param>
/// <param name="Ink">Text and marks.</param>
/// <param name="Muted">Axes, notes and what is only held against something.</param>
/// <param name="Grid">Lines of reference.</param>
/// <param name="Accent">What costs.</param>
/// <param name="Calm">What reuse comes to.</param>
/// <param name="Fills">Areas side by side: the palette of Okabe and Ito, which colour-blind readers tell apart.</param>
internal sealed record ChartTheme(
    string Name, string Background, string Ink, string Muted, string Grid, string Accent, string Calm, IReadOnlyList<string> Fills)
{
    /// <summary>For light pages.</summary>
    public static ChartTheme Light { get; } = new(
        "light", "#ffffff", "#1f2328", "#59636e", "#d1d9e0", "#b3410e", "#0a5cc2",
        ["#56b4e9", "#0072b2", "#e69f00", "#009e73", "#cc79a7", "#8c959f"]);

    /// <summary>For dark pages.</summary>
    public static ChartTheme Dark { get; } = new(
        "dark", "#0d1117", "#f0f6fc", "#9198a1", "#3d444d", "#ff9d5c", "#6cb2ff",
        ["#56b4e9", "#3b8fd0", "#e69f00", "#17b58a", "#cc79a7", "#8c959f"]);

    /// <summary>For a page whose style says the colours, by their names there.</summary>
    public static ChartTheme Page { get; } = new(
        "page", "var(--card)", "var(--ink)", "var(--muted)", "var(--grid)", "var(--warm)", "var(--calm)",
        ["var(--p0)", "var(--p1)", "var(--p2)", "var(--p3)", "var(--p4)", "var(--p5)"]);

    /// <summary>Those that files are drawn in.</summary>
    public static IReadOnlyList<ChartTheme> All { get; } = [Light, Dark];
}
