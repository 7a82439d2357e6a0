using ConnectionReuse.Reporting.Tables;

namespace ConnectionReuse.Reporting.Charts;

/// <summary>What reuse gives over networks: a panel of ratios, which come near their limits, and one of milliseconds saved, which grow.</summary>
internal static class RttChart
{
    private const double LineHeight = 20;
    private const double PanelHeight = 250;
    private const double AxisHeight = 62;
    private const double Left = Canvas.Margin + 34;
    private const double Gap = 96;
    private const double PanelWidth = (Canvas.Width - Left - Canvas.Margin - Gap) / 2;
    private const double Slope = 1.3; // of a logarithmic axis beyond its highest mark

    private static readonly (double Ratio, string Why)[] Limits = [(2, "HTTP 2x"), (3, "TLS 1.3 3x"), (4, "TLS 1.2 4x")];

    private static readonly string?[] Dashes = [null, "7 4", "2 3", "10 3 2 3"];

    /// <summary>The chart; null without a series.</summary>
    /// <param name="series">A line for each.</param>
    public static Chart? Of(IReadOnlyList<RttSeries> series)
    {
        ArgumentNullException.ThrowIfNull(series);
        return series.Count == 0 ? null : new Chart(
            "ratio-by-rtt", Title(series), series.Select(Sentence), Top(series) + PanelHeight + AxisHeight,
            canvas => Draw(canvas, series));
    }

    // Whatever was measured: the title says no more than the first line does.
    private static string Title(IReadOnlyList<RttSeries> series) => series[0].Points is [var near, .., var far] && near.Ratio.Value > far.Ratio.Value && near.Ratio.SavedMillisecondsPerCall < far.Ratio.SavedMillisecondsPerCall
        ? "Over a network the ratio falls and the milliseconds grow"
        : "Reuse by round-trip time";

    private static double Top(IReadOnlyList<RttSeries> series) => 84 + LineHeight * series.Count;

    private static void Draw(Canvas canvas, IReadOnlyList<RttSeries> series)
    {
        canvas.Heading(Title(series), "dots: measured, loopback without a link and the rest over emulated ones, with 95% intervals");
        for (var index = 0; index < series.Count; index++)
        {
            var y = 74 + LineHeight * index;
            canvas.Line(Canvas.Margin, y - 4, Canvas.Margin + 30, y - 4, Color(canvas.Theme, index), 2, Dashes[index % Dashes.Length]);
            Mark(canvas, Canvas.Margin + 15, y - 4, index);
            canvas.Text(Canvas.Margin + 40, y, series[index].Name, canvas.Theme.Ink, Canvas.SmallSize);
        }

        double[] trips = [.. series.SelectMany(one => one.Points).Select(point => point.RttMilliseconds).Distinct().Order()];
        var top = Top(series);
        var bottom = top + PanelHeight;
        var points = series.SelectMany(one => one.Points).ToArray();
        var ratios = new Scale(true, Math.Min(1, points.Min(point => point.Ratio.Low)), Slope * Math.Max(4, points.Max(point => point.Ratio.High)), bottom, top + 26);
        var saved = new Scale(false, Math.Min(0, points.Min(point => point.Ratio.SavedMillisecondsPerCall)), 1.12 * Math.Max(1e-3, points.Max(point => point.Ratio.SavedMillisecondsPerCall)), bottom, top + 26);
        Frame(canvas, Left, ratios, trips, "times faster, logarithmic", "x", top);
        foreach (var (limit, why) in Limits)
        {
            canvas.Line(Left, ratios.At(limit), Left + PanelWidth, ratios.At(limit), canvas.Theme.Ink, 1, "5 4");
            canvas.Text(Left + PanelWidth + 6, ratios.At(limit) + 4, why, canvas.Theme.Muted, Canvas.SmallSize);
        }

        var second = Left + PanelWidth + Gap;
        Frame(canvas, second, saved, trips, "ms saved by each call", "", top);
        for (var index = series.Count - 1; index >= 0; index--)
        {
            Line(canvas, series[index], index, rtt => X(Left, trips, rtt), ratios, point => point.Ratio.Value, point => RatioText.Of(point.Ratio).Split(" (")[0], withInterval: true);
            Line(canvas, series[index], index, rtt => X(second, trips, rtt), saved, point => point.Ratio.SavedMillisecondsPerCall, Saved, withInterval: false);
        }
    }

    private static void Frame(Canvas canvas, double left, Scale y, double[] trips, string title, string unit, double top)
    {
        var theme = canvas.Theme;
        canvas.Text(left, top + 6, title, bold: true);
        foreach (var tick in y.Ticks())
        {
            canvas.Line(left, y.At(tick), left + PanelWidth, y.At(tick), theme.Grid);
            canvas.Text(left - 8, y.At(tick) + 4, Scale.Label(tick) + unit, theme.Muted, Canvas.SmallSize, "end");
        }

        canvas.Line(left, y.From, left + PanelWidth, y.From, theme.Muted);
        foreach (var rtt in trips)
        {
            canvas.Text(X(left, trips, rtt), y.From + 20, rtt == 0 ? "loopback" : $"{Figure.Count(rtt)} ms", theme.Muted, Canvas.SmallSize, "middle");
        }

        canvas.Text(left + PanelWidth / 2, y.From + 42, "round trip", theme.Muted, Canvas.SmallSize, "middle");
    }

    // The figures of the first line stand at it; the others are told apart by their marks and in the table.
    private static void Line(
        Canvas canvas, RttSeries series, int index, Func<double, double> x, Scale y, Func<RttPoint, double> value, Func<RttPoint, string> text, bool withInterval)
    {
        var color = Color(canvas.Theme, index);
        canvas.Path(series.Points.Select(point => (x(point.RttMilliseconds), y.At(value(point)))), color, 2, Dashes[index % Dashes.Length]);
        var written = new HashSet<double>(); // a link that was measured twice has one figure
        foreach (var point in series.Points)
        {
            var (across, up) = (x(point.RttMilliseconds), y.At(value(point)));
            if (withInterval)
            {
                canvas.Upright(across, y.At(point.Ratio.Low), y.At(point.Ratio.High), color, 1.5);
            }

            Mark(canvas, across, up, index);
            if (index == 0 && written.Add(point.RttMilliseconds))
            {
                canvas.Tag(across, withInterval ? y.At(point.Ratio.Low) + 20 : up - 10, text(point), bold: true);
            }
        }
    }

    private static void Mark(Canvas canvas, double x, double y, int index)
    {
        if (index % 3 == 2)
        {
            canvas.Diamond(x, y, Color(canvas.Theme, index));
        }
        else
        {
            canvas.Dot(x, y, Color(canvas.Theme, index), hollow: index % 3 == 1);
        }
    }

    private static string Color(ChartTheme theme, int index) => index == 0 ? theme.Accent : index == 1 ? theme.Calm : theme.Muted;

    private static double X(double left, double[] trips, double rtt) => left + PanelWidth * (Array.IndexOf(trips, rtt) + 0.5) / trips.Length;

    private static string Saved(RttPoint point) => Figure.Text(point.Ratio.SavedMillisecondsPerCall, Figure.Decimals(point.Ratio.SavedMillisecondsPerCall, null, null));

    private static string Sentence(RttSeries series) =>
        $"{series.Name}: {string.Join(", ", series.Points.Select(point => point.RttMilliseconds == 0
            ? $"loopback {RatioText.Of(point.Ratio)}, {Saved(point)} ms saved"
            : $"{Figure.Count(point.RttMilliseconds)} ms {RatioText.Of(point.Ratio)}, model {Figure.Text(series.ModelAt(point.RttMilliseconds), 2)}x, {Saved(point)} ms saved"))}; limit {Figure.Count(series.Limit)}x.";
}
