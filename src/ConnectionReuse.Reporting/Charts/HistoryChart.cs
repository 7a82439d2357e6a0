using ConnectionReuse.Reporting.Tables;
using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.Charts;

/// <summary>A report's place in a history.</summary>
/// <param name="Label">Such as <c>2026-11-22 2ce5b9c</c>.</param>
/// <param name="Ratio">The ratio; null where the report has none.</param>
/// <param name="Changes">What differs from the report before, in words, such as <c>.NET 10.0.1</c>; empty for the same.</param>
/// <param name="OtherMachine">Whether the kind of machine differs, so that no line joins the two.</param>
internal sealed record HistoryPoint(string Label, ResultRatio? Ratio, IReadOnlyList<string> Changes, bool OtherMachine);

/// <summary>One ratio over the reports, from the oldest to the newest.</summary>
/// <param name="Name">Such as <c>fresh over shared</c>.</param>
/// <param name="Points">One for each report.</param>
internal sealed record HistorySeries(string Name, IReadOnlyList<HistoryPoint> Points);

/// <summary>A target's ratios over time with their intervals; what changed in between is marked.</summary>
internal static class HistoryChart
{
    private const double Left = 70;
    private const double Right = Canvas.Width - 60;
    private const double Top = 76;
    private const double PanelHeight = 170;
    private const double LabelHeight = 64;
    private const double NoteHeight = 16;
    private const int NoteLetters = 108;
    private const int MostLabels = 7;

    /// <summary>The chart of a target; null when no report has one of the ratios.</summary>
    /// <param name="target">The target's name.</param>
    /// <param name="series">One panel for each, all over the same reports.</param>
    public static Chart? Of(string target, IReadOnlyList<HistorySeries> series)
    {
        ArgumentNullException.ThrowIfNull(series);
        HistorySeries[] shown = [.. series.Where(one => one.Points.Any(point => point.Ratio is not null))];
        return shown.Length == 0 ? null : new Chart(
            $"history-{ChartText.Slug(target)}", $"{target}: how many times faster reuse is, over time", shown.Select(Sentence),
            Top + PanelHeight * shown.Length + LabelHeight + MarkHeight(shown[0]),
            canvas => Draw(canvas, target, shown));
    }

    private static double MarkHeight(HistorySeries series) => NoteHeight * series.Points.Sum(point => point.Changes.Count);

    private static void Draw(Canvas canvas, string target, HistorySeries[] series)
    {
        canvas.Heading($"{target}: how many times faster reuse is, over time", "dots: reports, with 95% intervals; upright dashes: a change, told below; no line across another kind of machine or a gap");
        var count = series[0].Points.Count;
        double X(double index) => Left + (Right - Left) * (index + 0.5) / count;
        for (var index = 0; index < series.Length; index++)
        {
            Panel(canvas, series[index], Top + PanelHeight * index, X);
        }

        Labels(canvas, series[0].Points, Top + PanelHeight * series.Length, X);
    }

    private static void Panel(Canvas canvas, HistorySeries series, double top, Func<double, double> x)
    {
        var theme = canvas.Theme;
        var ratios = series.Points.Select(point => point.Ratio).OfType<ResultRatio>().SelectMany(ratio => new[] { ratio.Low, ratio.High }).ToArray();
        var room = Math.Max(0.2 * (ratios.Max() - ratios.Min()), 0.05 * ratios.Max());
        var y = new Scale(false, 0, ratios.Max() + room, top + PanelHeight - 14, top + 34);
        canvas.Text(Left, top + 18, series.Name, bold: true);
        foreach (var tick in y.Ticks())
        {
            canvas.Line(Left, y.At(tick), Right, y.At(tick), theme.Grid);
            canvas.Text(Left - 8, y.At(tick) + 4, $"{Scale.Label(tick)}x", theme.Muted, Canvas.SmallSize, "end");
        }

        for (var index = 0; index < series.Points.Count; index++)
        {
            var point = series.Points[index];
            if (point.Changes.Count > 0)
            {
                canvas.Line(x(index - 0.5), y.From + 10, x(index - 0.5), y.To, theme.Muted, 1.5, point.OtherMachine ? "2 3" : "7 4");
            }

            if (index > 0 && !point.OtherMachine && point.Ratio is { } now && series.Points[index - 1].Ratio is { } before)
            {
                canvas.Line(x(index - 1), y.At(before.Value), x(index), y.At(now.Value), theme.Accent, 1.5);
            }
        }

        foreach (var (point, index) in series.Points.Select((point, index) => (point, index)))
        {
            if (point.Ratio is { } ratio)
            {
                canvas.Upright(x(index), y.At(ratio.Low), y.At(ratio.High), theme.Accent);
                canvas.Dot(x(index), y.At(ratio.Value), theme.Accent);
                if (index == series.Points.Count - 1 || series.Points.Count <= MostLabels)
                {
                    canvas.Tag(x(index), y.At(ratio.High) - 8, RatioText.Of(ratio).Split(" (")[0]);
                }
            }
        }
    }

    private static void Labels(Canvas canvas, IReadOnlyList<HistoryPoint> points, double top, Func<double, double> x)
    {
        var theme = canvas.Theme;
        var every = (points.Count + MostLabels - 1) / MostLabels;
        for (var index = points.Count - 1; index >= 0; index -= every)
        {
            var (date, commit) = points[index].Label.Split(' ') is [var first, .. var rest] ? (first, string.Join(' ', rest)) : (points[index].Label, "");
            canvas.Text(x(index), top + 14, date, theme.Muted, Canvas.SmallSize, "middle");
            canvas.Text(x(index), top + 30, commit, theme.Muted, Canvas.SmallSize, "middle");
        }

        var y = top + 54;
        foreach (var (point, change) in points.SelectMany(point => point.Changes.Select(change => (point, change))))
        {
            canvas.Text(Left, y, ChartText.Short($"{point.Label}: {change}", NoteLetters), theme.Muted, Canvas.SmallSize);
            y += NoteHeight;
        }
    }

    private static string Sentence(HistorySeries series) => $"{series.Name}: " + string.Join("; ", series.Points.Select(point =>
        $"{point.Label} {(point.Ratio is { } ratio ? RatioText.Of(ratio) : "not measured")}"
        + (point.Changes.Count > 0 ? $", after a change: {string.Join(", ", point.Changes)}" : ""))) + ".";
}
