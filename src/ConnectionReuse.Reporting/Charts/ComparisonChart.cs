using ConnectionReuse.Reporting.Rows;
using ConnectionReuse.Reporting.Tables;
using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.Charts;

/// <summary>Every row's time per call with its interval, side by side on one logarithmic axis, its floor marked.</summary>
internal static class ComparisonChart
{
    private const double Left = 165;
    private const double Right = 590;
    private const double Ratios = Canvas.Width - Canvas.Margin;
    private const double Top = 92;
    private const double RowHeight = 30;
    private const double HeadingHeight = 34;
    private const double AxisHeight = 58;
    private const int ReasonLetters = 66;

    /// <summary>The chart of some comparisons; null when none of their rows has a time.</summary>
    /// <param name="groups">The comparisons, from top to bottom.</param>
    /// <param name="ratios">Theirs; others are not looked at.</param>
    public static Chart? Of(IReadOnlyList<RowGroup> groups, IReadOnlyCollection<ResultRatio> ratios)
    {
        ArgumentNullException.ThrowIfNull(groups);
        ArgumentNullException.ThrowIfNull(ratios);
        var parts = groups
            .Select(group => new Part(group, [.. group.Rows.Where(row => !row.Declared.IsFloor)], [.. ratios.Where(group.Has)]))
            .Where(part => part.Rows.Count > 0)
            .ToArray();
        var figures = parts.SelectMany(part => part.Group.Rows).Select(ChartText.MillisecondsPerCall).OfType<(double, double?, double?)>()
            .SelectMany(time => new[] { time.Item1, time.Item2 ?? time.Item1, time.Item3 ?? time.Item1 }).ToArray();
        if (figures.Length == 0)
        {
            return null;
        }

        var scale = Scale.Log(figures, Left, Right);
        var height = Top + parts.Sum(part => HeadingHeight + RowHeight * part.Rows.Count) + AxisHeight;
        return new Chart(
            "comparison", "Time per call", parts.SelectMany(Sentences).Prepend("Time per call, each with its 95% interval."), height,
            canvas => Draw(canvas, parts, scale, height - AxisHeight));
    }

    private static void Draw(Canvas canvas, Part[] parts, Scale scale, double bottom)
    {
        var theme = canvas.Theme;
        canvas.Heading("Time per call");
        Key(canvas);
        canvas.Text(Ratios, 82, "reuse is x faster", theme.Muted, Canvas.SmallSize, "end");
        foreach (var tick in scale.Ticks())
        {
            canvas.Line(scale.At(tick), Top, scale.At(tick), bottom, theme.Grid);
            canvas.Text(scale.At(tick), bottom + 18, Scale.Label(tick), theme.Muted, Canvas.SmallSize, "middle");
        }

        canvas.Text((Left + Right) / 2, bottom + 38, "ms per call, logarithmic; bars are 95% intervals", theme.Muted, Canvas.SmallSize, "middle");
        var y = Top;
        foreach (var part in parts)
        {
            canvas.Rectangle(0, y + 8, Canvas.Width, 20, theme.Background);
            canvas.Text(Canvas.Margin, y + 22, ChartText.Name(part.Group), bold: true);
            y += HeadingHeight;
            foreach (var row in part.Rows)
            {
                Row(canvas, part, row, scale, y + RowHeight / 2);
                y += RowHeight;
            }
        }
    }

    private static void Key(Canvas canvas)
    {
        var theme = canvas.Theme;
        canvas.Dot(Canvas.Margin + 6, 52, theme.Accent);
        canvas.Text(Canvas.Margin + 18, 56, "opens connections", theme.Muted, Canvas.SmallSize);
        canvas.Dot(Canvas.Margin + 171, 52, theme.Calm, hollow: true);
        canvas.Text(Canvas.Margin + 183, 56, "reuses its connection", theme.Muted, Canvas.SmallSize);
        canvas.Diamond(Canvas.Margin + 366, 52, theme.Muted);
        canvas.Text(Canvas.Margin + 378, 56, "floor: the same bytes over a bare socket", theme.Muted, Canvas.SmallSize);
    }

    private static void Row(Canvas canvas, Part part, ResultRow row, Scale scale, double y)
    {
        var theme = canvas.Theme;
        canvas.Text(Left - 14, y + 4, ChartText.Short(row.Client, 18), anchor: "end");
        if (ChartText.MillisecondsPerCall(row) is not { } time)
        {
            canvas.Tag(Left + 6 + Canvas.WidthOf(ChartText.Short(ChartText.Why(row), ReasonLetters), Canvas.SmallSize) / 2, y + 4, ChartText.Short(ChartText.Why(row), ReasonLetters), theme.Muted);
            return;
        }

        var end = scale.At(time.High ?? time.Value);
        if (ChartText.FloorOf(row, part.Group) is { } bare && ChartText.MillisecondsPerCall(bare) is { } floor)
        {
            if (floor is { Low: { } low, High: { } high })
            {
                canvas.Across(scale.At(low), scale.At(high), y, theme.Muted, 1.5);
            }

            canvas.Diamond(scale.At(floor.Value), y, theme.Muted);
            end = Math.Max(end, scale.At(floor.High ?? floor.Value));
        }

        var reuses = ChartText.Reuses(row);
        var color = reuses ? theme.Calm : theme.Accent;
        if (time is { Low: { } from, High: { } to })
        {
            canvas.Across(scale.At(from), scale.At(to), y, color);
        }

        canvas.Dot(scale.At(time.Value), y, color, reuses);
        var text = ChartText.Milliseconds((time.Value, time.Low, time.High)).Split(" (")[0];
        canvas.Tag(end + 14 + Canvas.WidthOf(text, Canvas.SmallSize) / 2, y + 4, text, theme.Ink);
        canvas.Text(Ratios, y + 4, string.Join(", ", Reuse(part, row).Select(RatioText.Of)), anchor: "end");
    }

    private static IEnumerable<ResultRatio> Reuse(Part part, ResultRow row) =>
        ChartText.Reuse(part.Group, row.Client, part.Ratios).Take(1);

    private static IEnumerable<string> Sentences(Part part) => part.Rows.Select(row =>
        $"{ChartText.Name(part.Group)}, {row.Client}: {ChartText.Milliseconds(row)}"
        + (ChartText.FloorOf(row, part.Group) is { } floor ? $", floor {ChartText.Milliseconds(floor)}" : "")
        + string.Concat(Reuse(part, row).Select(ratio => RatioText.IsUndecided(ratio)
            ? ", no difference to reuse shown"
            : $", reuse is {RatioText.Of(ratio)} faster"))
        + ".");

    private sealed record Part(RowGroup Group, IReadOnlyList<ResultRow> Rows, IReadOnlyList<ResultRatio> Ratios);
}
