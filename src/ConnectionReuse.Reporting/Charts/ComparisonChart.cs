using ConnectionReuse.Reporting.Rows;
using ConnectionReuse.Reporting.Tables;
using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.Charts;

/// <summary>What a call costs with a new client and with a shared one, on one logarithmic axis: a line joins the two and carries the ratio.</summary>
internal static class ComparisonChart
{
    private const double Left = 250;
    private const double Right = Canvas.Width - 110;
    private const double Names = 155;
    private const double Top = 84;
    private const double RowHeight = 38;
    private const double HeadingHeight = 34;
    private const double AxisHeight = 58;
    private const double Room = 14; // between a mark and its text
    private const int ReasonLetters = 88;

    /// <summary>The chart of some comparisons; null when none of their rows has a time.</summary>
    /// <param name="groups">The comparisons, from top to bottom.</param>
    /// <param name="ratios">Theirs; others are not looked at.</param>
    public static Chart? Of(IReadOnlyList<RowGroup> groups, IReadOnlyCollection<ResultRatio> ratios)
    {
        ArgumentNullException.ThrowIfNull(groups);
        ArgumentNullException.ThrowIfNull(ratios);
        var parts = groups.Select(group => Part.Of(group, ratios)).Where(part => part.Lanes.Count > 0).ToArray();
        var figures = groups.SelectMany(group => group.Rows).Select(ChartText.MillisecondsPerCall).OfType<(double, double?, double?)>()
            .SelectMany(time => new[] { time.Item1, time.Item2 ?? time.Item1, time.Item3 ?? time.Item1 }).ToArray();
        if (figures.Length == 0)
        {
            return null;
        }

        var scale = Scale.Log(figures, Left, Right);
        var height = Top + parts.Sum(part => HeadingHeight + RowHeight * part.Lanes.Count) + AxisHeight;
        var title = Title(parts);
        return new Chart(
            "comparison", title, parts.SelectMany(Sentences).Prepend("Time per call, each with its 95% interval."), height,
            canvas => Draw(canvas, title, parts, scale, height - AxisHeight));
    }

    // The finding of the pair that the headline is of, where there is one: HTTPS says most, and the bare server dilutes it least.
    private static string Title(Part[] parts)
    {
        var lanes =
            from target in ((string[])[TargetIds.KestrelHttps, TargetIds.WireMockHttps, TargetIds.KestrelHttp, TargetIds.WireMockHttp]).Cast<string?>().Append(null)
            from part in parts
            where part.Group.Target == (target ?? part.Group.Target)
            from lane in part.Lanes
            where lane is { Row.Client: ClientIds.Fresh, Reference.Client: ClientIds.Shared, Ratio: { } ratio } && !RatioText.IsUndecided(ratio)
            select (part, lane);
        return lanes.FirstOrDefault() is not ({ } at, { } found)
            ? "Time per call"
            : $"A new client costs {Time(found.Row)} a call, a shared one {Time(found.Reference!)} ({ChartText.Short(ChartText.Name(at.Group), 40)})";
    }

    private static string Time(ResultRow row) => ChartText.Milliseconds(row).Split(" (")[0];

    private static void Draw(Canvas canvas, string title, Part[] parts, Scale scale, double bottom)
    {
        var theme = canvas.Theme;
        canvas.Heading(title);
        Key(canvas);
        foreach (var tick in scale.Ticks())
        {
            canvas.Line(scale.At(tick), Top, scale.At(tick), bottom, theme.Grid);
            canvas.Text(scale.At(tick), bottom + 18, Scale.Label(tick), theme.Muted, Canvas.SmallSize, "middle");
        }

        canvas.Text((Left + Right) / 2, bottom + 38, "ms per call, logarithmic; bars are 95% intervals", theme.Muted, Canvas.SmallSize, "middle");
        var y = Top;
        foreach (var part in parts)
        {
            canvas.Rectangle(0, y + 8, Canvas.Width, 22, theme.Background);
            canvas.Text(Canvas.Margin, y + 24, ChartText.Name(part.Group), bold: true);
            y += HeadingHeight;
            foreach (var lane in part.Lanes)
            {
                DrawLane(canvas, part, lane, scale, y + RowHeight / 2);
                y += RowHeight;
            }
        }
    }

    private static void Key(Canvas canvas)
    {
        var theme = canvas.Theme;
        canvas.Dot(Canvas.Margin + 6, 54, theme.Accent);
        canvas.Text(Canvas.Margin + 18, 58, "opens connections", theme.Muted, Canvas.SmallSize);
        canvas.Dot(Canvas.Margin + 166, 54, theme.Calm, hollow: true);
        canvas.Text(Canvas.Margin + 178, 58, "reuses its connection", theme.Muted, Canvas.SmallSize);
        canvas.Diamond(Canvas.Margin + 336, 54, theme.Muted);
        canvas.Text(Canvas.Margin + 348, 58, "the same bytes over a bare socket", theme.Muted, Canvas.SmallSize);
        canvas.Text(Canvas.Width - Canvas.Margin, 58, "on the line: reuse is x faster", theme.Muted, Canvas.SmallSize, "end");
    }

    private static void DrawLane(Canvas canvas, Part part, Lane lane, Scale scale, double y)
    {
        var theme = canvas.Theme;
        canvas.Text(Names, y + 4, ChartText.Short(lane.Row.Client, 18), anchor: "end");
        if (ChartText.MillisecondsPerCall(lane.Row) is not { } time)
        {
            canvas.Text(Names + 20, y + 4, ChartText.Short(ChartText.Why(lane.Row), ReasonLetters), theme.Muted, Canvas.SmallSize);
            return;
        }

        if (lane.Reference is not { } reference || ChartText.MillisecondsPerCall(reference) is not { } other)
        {
            var (_, end) = Mark(canvas, part, lane.Row, time, scale, y);
            canvas.Text(end + Room, y + 4, Time(lane.Row), size: Canvas.SmallSize);
            return;
        }

        var (near, far) = other.Value <= time.Value ? (reference, lane.Row) : (lane.Row, reference);
        canvas.Line(scale.At(other.Value), y, scale.At(time.Value), y, theme.Muted, 2.5);
        var (start, innerStart) = Mark(canvas, part, near, ChartText.MillisecondsPerCall(near)!.Value, scale, y);
        var (innerEnd, last) = Mark(canvas, part, far, ChartText.MillisecondsPerCall(far)!.Value, scale, y);
        canvas.Text(start - Room, y + 4, Time(near), size: Canvas.SmallSize, anchor: "end");
        var ratio = RatioText.IsUndecided(lane.Ratio!) ? "no difference shown" : RatioText.Of(lane.Ratio!).Split(" (")[0];
        if (innerEnd - innerStart > Canvas.WidthOf(ratio) + 2 * Room)
        {
            canvas.Text(last + Room, y + 4, Time(far), size: Canvas.SmallSize);
            canvas.Tag((innerStart + innerEnd) / 2, y + 4.5, ratio, theme.Ink, Canvas.TextSize, bold: true);
        }
        else
        {
            canvas.Text(last + Room, y + 4, $"{Time(far)}, {ratio}", size: Canvas.SmallSize);
        }
    }

    // From where to where it reaches, its bare socket included.
    private static (double Start, double End) Mark(Canvas canvas, Part part, ResultRow row, (double Value, double? Low, double? High) time, Scale scale, double y)
    {
        var theme = canvas.Theme;
        var (start, end) = (scale.At(time.Low ?? time.Value), scale.At(time.High ?? time.Value));
        if (ChartText.FloorOf(row, part.Group) is { } bare && ChartText.MillisecondsPerCall(bare) is { } floor)
        {
            if (floor is { Low: { } low, High: { } high })
            {
                canvas.Across(scale.At(low), scale.At(high), y, theme.Muted, 1.5);
            }

            canvas.Diamond(scale.At(floor.Value), y, theme.Muted);
            (start, end) = (Math.Min(start, scale.At(floor.Low ?? floor.Value)), Math.Max(end, scale.At(floor.High ?? floor.Value)));
        }

        var reuses = ChartText.Reuses(row);
        var color = reuses ? theme.Calm : theme.Accent;
        if (time is { Low: { } from, High: { } to })
        {
            canvas.Across(scale.At(from), scale.At(to), y, color);
        }

        canvas.Dot(scale.At(time.Value), y, color, reuses);
        return (Math.Min(start, scale.At(time.Value) - 5), Math.Max(end, scale.At(time.Value) + 5));
    }

    private static IEnumerable<string> Sentences(Part part) => part.Group.Rows.Where(row => !row.Declared.IsFloor).Select(row =>
        $"{ChartText.Name(part.Group)}, {row.Client}: {ChartText.Milliseconds(row)}"
        + (ChartText.FloorOf(row, part.Group) is { } floor ? $", bare socket {ChartText.Milliseconds(floor)}" : "")
        + string.Concat(part.Lanes.Where(lane => lane.Row == row).Select(lane => lane.Ratio).OfType<ResultRatio>().Select(ratio => RatioText.IsUndecided(ratio)
            ? ", no difference to reuse shown"
            : $", reuse is {RatioText.Of(ratio)} faster"))
        + ".");

    /// <summary>A line of the chart.</summary>
    /// <param name="Row">Whose line it is.</param>
    /// <param name="Reference">The row that it is held against; null where it stands alone.</param>
    /// <param name="Ratio">Of the two.</param>
    private sealed record Lane(ResultRow Row, ResultRow? Reference, ResultRatio? Ratio);

    private sealed record Part(RowGroup Group, IReadOnlyList<Lane> Lanes)
    {
        // A row that others are held against stands in their lines, and needs none of its own.
        public static Part Of(RowGroup group, IEnumerable<ResultRatio> ratios)
        {
            var held = group.Rows.Where(row => !row.Declared.IsFloor).Select(row =>
            {
                var ratio = ChartText.Reuse(group, row.Client, ratios).FirstOrDefault();
                return new Lane(row, ratio is null ? null : group.Rows.FirstOrDefault(other => other.Client == ratio.Fast && other.HasTimes()), ratio);
            }).ToArray();
            return new Part(group, [.. held.Where(lane => lane.Reference is not null || held.All(other => other.Reference != lane.Row))]);
        }
    }
}
