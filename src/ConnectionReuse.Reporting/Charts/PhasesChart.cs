using ConnectionReuse.Reporting.Rows;
using ConnectionReuse.Reporting.Tables;
using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.Charts;

/// <summary>Where a call's time goes: a bar for each client pattern, stacked from its phases.</summary>
internal static class PhasesChart
{
    private const double Left = 165;
    private const double Right = 745;
    private const double Top = 88;
    private const double RowHeight = 36;
    private const double BarHeight = 24;
    private const double HeadingHeight = 32;
    private const double AxisHeight = 44;

    // The patterns tell phases apart without colour; TLS, usually the longest, is plain.
    private static readonly Phase[] Phases =
    [
        new("DNS", "M4 0 V8 M0 4 H8", times => times.DnsSeconds),
        new("TCP connect", "M-2 2 L2 -2 M0 8 L8 0 M6 10 L10 6", times => times.ConnectSeconds),
        new("TLS handshake", "", times => times.TlsSeconds),
        new("wait for first byte", "M-2 6 L2 10 M0 0 L8 8 M6 -2 L10 2", times => times.FirstByteSeconds),
        new("body", "M4 0 V8", times => times.BodySeconds),
        new("client", "M0 4 H8", times => times.ClientSeconds),
    ];

    /// <summary>The chart of some comparisons; null when nobody listened to any of their rows.</summary>
    public static Chart? Of(IReadOnlyList<RowGroup> groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        var parts = groups.Select(group => new Part(group, [.. group.Rows.Where(row => row.Phases?.TotalSeconds() > 0)]))
            .Where(part => part.Rows.Count > 0).ToArray();
        return parts.Length == 0 ? null : new Chart(
            "phases", "Where a call's time goes", parts.SelectMany(part => part.Rows.Select(row => Sentence(part, row))),
            Top + parts.Sum(part => HeadingHeight + RowHeight * part.Rows.Count + AxisHeight),
            canvas => Draw(canvas, parts));
    }

    private static void Draw(Canvas canvas, Part[] parts)
    {
        var theme = canvas.Theme;
        canvas.Heading("Where a call's time goes", "means of calls that were listened to; each target has an axis of its own");
        var fills = Phases.Select((phase, index) => canvas.Pattern(index, theme.Fills[index], phase.Lines)).ToArray();
        var x = Canvas.Margin;
        foreach (var (phase, fill) in Phases.Zip(fills))
        {
            canvas.Rectangle(x, 64, 16, 14, fill, theme.Muted);
            canvas.Text(x + 22, 76, phase.Name, theme.Ink, Canvas.SmallSize);
            x += 44 + Canvas.WidthOf(phase.Name, Canvas.SmallSize);
        }

        var y = Top;
        foreach (var part in parts)
        {
            canvas.Text(Canvas.Margin, y + 22, ChartText.Name(part.Group), bold: true);
            y += HeadingHeight;
            var longest = part.Rows.Max(row => row.Phases!.TotalSeconds());
            Axis(canvas, new Scale(false, 0, 1000 * longest, Left, Right), y, y + RowHeight * part.Rows.Count);
            foreach (var row in part.Rows)
            {
                Bar(canvas, row, fills, (Right - Left) / longest, y);
                y += RowHeight;
            }

            y += AxisHeight;
        }
    }

    private static void Axis(Canvas canvas, Scale x, double top, double bottom)
    {
        foreach (var tick in x.Ticks())
        {
            canvas.Line(x.At(tick), top, x.At(tick), bottom + 4, canvas.Theme.Grid);
            canvas.Text(x.At(tick), bottom + 19, $"{Scale.Label(tick)} ms", canvas.Theme.Muted, Canvas.SmallSize, "middle");
        }

        canvas.Line(x.From, bottom, x.To, bottom, canvas.Theme.Muted);
    }

    private static void Bar(Canvas canvas, ResultRow row, string[] fills, double pixelsPerSecond, double y)
    {
        var middle = y + RowHeight / 2;
        canvas.Text(Left - 12, middle + 4, ChartText.Short(row.Client, 18), anchor: "end");
        var x = Left;
        foreach (var (phase, fill) in Phases.Zip(fills))
        {
            var width = phase.Seconds(row.Phases!) * pixelsPerSecond;
            if (width <= 0)
            {
                continue;
            }

            canvas.Rectangle(x, middle - BarHeight / 2, width, BarHeight, fill, canvas.Theme.Background);
            var label = Milliseconds(phase.Seconds(row.Phases!), row.Phases!);
            if (Canvas.WidthOf(label, Canvas.SmallSize) + 12 < width)
            {
                canvas.Tag(x + width / 2, middle + 4, label, canvas.Theme.Ink);
            }

            x += width;
        }

        canvas.Text(x + 8, middle + 4, $"{Milliseconds(row.Phases!.TotalSeconds(), row.Phases)} ms", bold: true);
    }

    private static string Sentence(Part part, ResultRow row) =>
        $"{ChartText.Name(part.Group)}, {row.Client}: {Milliseconds(row.Phases!.TotalSeconds(), row.Phases)} ms a call, of which "
        + string.Join(", ", Phases.Where(phase => phase.Seconds(row.Phases) > 0)
            .Select(phase => $"{phase.Name} {Milliseconds(phase.Seconds(row.Phases), row.Phases)}")) + ".";

    // All figures of a bar have the decimals of its total, so that they add up to it.
    private static string Milliseconds(double seconds, PhaseTimes times) =>
        Figure.Text(1000 * seconds, Math.Max(2, Figure.Decimals(1000 * times.TotalSeconds(), null, null)));

    private sealed record Part(RowGroup Group, IReadOnlyList<ResultRow> Rows);

    private sealed record Phase(string Name, string Lines, Func<PhaseTimes, double> Seconds);
}
