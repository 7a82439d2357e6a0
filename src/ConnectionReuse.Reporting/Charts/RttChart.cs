using ConnectionReuse.Reporting.Tables;

namespace ConnectionReuse.Reporting.Charts;

/// <summary>The ratio against the round-trip time, with the model's curve and its limit.</summary>
internal static class RttChart
{
    private const int CurvePoints = 60;

    /// <summary>The chart; null without a series.</summary>
    /// <param name="series">One panel for each.</param>
    public static Chart? Of(IReadOnlyList<RttSeries> series)
    {
        ArgumentNullException.ThrowIfNull(series);
        return series.Count == 0 ? null : new Chart(
            "ratio-by-rtt", "Ratio against round-trip time", series.Select(Sentence), Panels.HeightOf(series.Count),
            canvas => Draw(canvas, series));
    }

    private static void Draw(Canvas canvas, IReadOnlyList<RttSeries> series)
    {
        canvas.Heading("How many times faster reuse is, against the round-trip time", "dots: measured over emulated links, with 95% intervals; curve: the model 1 + k RTT / (RTT + S); dashed: its limit 1 + k");
        var rtts = series.SelectMany(one => one.Points).Select(point => point.RttMilliseconds).ToArray();
        for (var index = 0; index < series.Count; index++)
        {
            var (left, right, bottom, top) = Panels.Place(index, series.Count);
            var x = Scale.Log([rtts.Min() / 1.5, rtts.Max() * 1.5], left, right);
            var ratios = series[index].Points.SelectMany(point => new[] { point.Ratio.Low, point.Ratio.High }).Append(series[index].Limit).ToArray();
            var y = new Scale(false, Math.Min(1, ratios.Min()), ratios.Max() + 0.2 * (ratios.Max() - 1), bottom, top);
            Draw(canvas, series[index], new Panel(series[index].Name, x, y));
        }
    }

    private static void Draw(Canvas canvas, RttSeries series, Panel panel)
    {
        var theme = canvas.Theme;
        var (_, x, y) = panel;
        panel.Draw(canvas, "round-trip time in ms, logarithmic", "x");
        canvas.Line(x.From, y.At(series.Limit), x.To, y.At(series.Limit), theme.Ink, 1.5, "6 4");
        var limit = $"limit 1 + k = {Figure.Count(series.Limit)}x";
        canvas.Text(x.To, y.At(series.Limit) - 14, limit, theme.Ink, Canvas.SmallSize, "end");
        canvas.Path(
            Enumerable.Range(0, CurvePoints + 1)
                .Select(step => x.Low * Math.Pow(x.High / x.Low, step / (double)CurvePoints))
                .Select(rtt => (x.At(rtt), y.At(series.ModelAt(rtt)))),
            theme.Calm);
        foreach (var (rtt, ratio) in series.Points)
        {
            canvas.Upright(x.At(rtt), y.At(ratio.Low), y.At(ratio.High), theme.Accent);
            canvas.Dot(x.At(rtt), y.At(ratio.Value), theme.Accent);
            canvas.Tag(x.At(rtt), y.At(ratio.Low) + 20, RatioText.Of(ratio).Split(" (")[0], theme.Ink);
        }
    }

    private static string Sentence(RttSeries series) =>
        $"{series.Name}: {string.Join(", ", series.Points.Select(point => $"{Figure.Count(point.RttMilliseconds)} ms {RatioText.Of(point.Ratio)}, model {Figure.Text(series.ModelAt(point.RttMilliseconds), 2)}x"))}; limit {Figure.Count(series.Limit)}x.";
}
