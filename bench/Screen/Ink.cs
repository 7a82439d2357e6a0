using ConnectionReuse.Reporting.Charts;
using ConnectionReuse.Results;
using Spectre.Console;

namespace ConnectionReuse.Bench.Screen;

/// <summary>The colours of the screen; where there are none every word stands by itself.</summary>
internal static class Ink
{
    /// <summary>What the reader came for.</summary>
    public static Style Strong { get; } = new(Color.Green, decoration: Decoration.Bold);

    /// <summary>What has no time.</summary>
    public static Style Bad { get; } = new(Color.Red);

    /// <summary>Headings and figures.</summary>
    public static Style Bold { get; } = new(decoration: Decoration.Bold);

    /// <summary>What explains.</summary>
    public static Style Quiet { get; } = new(Color.Grey);

    /// <summary>A client's bar: those that reuse their connection, those that open one, and bare sockets.</summary>
    public static Style BarOf(ResultRow row) => new(row.Declared.IsFloor ? Color.Grey : ChartText.Reuses(row) ? Color.DeepSkyBlue1 : Color.DarkOrange);
}
