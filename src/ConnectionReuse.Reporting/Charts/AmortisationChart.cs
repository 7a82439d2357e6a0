using ConnectionReuse.Reporting.Rows;
using ConnectionReuse.Reporting.Tables;
using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.Charts;

/// <summary>What a call costs when a client makes so many before the next one is created: the way from fresh to shared.</summary>
internal static class AmortisationChart
{
    /// <summary>The chart of some comparisons; null when fewer than two numbers of requests have times.</summary>
    public static Chart? Of(IReadOnlyList<RowGroup> groups, IReadOnlyCollection<ResultRatio> ratios)
    {
        ArgumentNullException.ThrowIfNull(groups);
        ArgumentNullException.ThrowIfNull(ratios);
        var curves = groups.SelectMany(group => Points(group, ratios)).GroupBy(point => point.Curve)
            .Select(points => new Curve(points.Key, [.. points.OrderBy(point => point.Requests)]))
            .Where(curve => curve.Points.Count(point => !point.Reuses) > 1)
            .ToArray();
        return curves.Length == 0 ? null : new Chart(
            "amortisation", "What a call costs by requests per client", curves.SelectMany(Sentences), Panels.HeightOf(curves.Length),
            canvas => Draw(canvas, curves));
    }

    // The rows that reuse their connection were measured once and hold for each number of requests: a line to come down to.
    private static IEnumerable<Point> Points(RowGroup comparison, IReadOnlyCollection<ResultRatio> ratios)
    {
        if (comparison.Parameters.Class != AmortisationTable.Class)
        {
            return [];
        }

        var clients = comparison.Rows
            .Where(row => row.Declared.RequestsPerClient is not null)
            .Select(row => (Row: row, Requests: row.Declared.RequestsPerClient!.Value))
            .ToArray();
        return
            from drawn in clients.Concat(
                from client in clients from row in comparison.Rows where ChartText.Reuses(row) select (Row: row, client.Requests))
            let time = ChartText.MillisecondsPerCall(drawn.Row)
            where time is not null
            select new Point(
                ChartText.Name(comparison), drawn.Requests, drawn.Row, time.Value, ChartText.Reuse(comparison, drawn.Row.Client, ratios).FirstOrDefault());
    }

    private static void Draw(Canvas canvas, Curve[] curves)
    {
        canvas.Heading("What a call costs when a client makes so many requests", "dots: a new client for every so many; line with band: one client for all, measured once; bars and band: 95% intervals; figures: reuse is x faster");
        for (var index = 0; index < curves.Length; index++)
        {
            var (left, right, bottom, top) = Panels.Place(index, curves.Length);
            var points = curves[index].Points;
            var y = Scale.Log([.. points.SelectMany(point => new[] { point.Time.Low ?? point.Time.Value, point.Time.High ?? point.Time.Value })], bottom, top + 16);
            var x = Scale.Log([.. points.Select(point => (double)point.Requests)], left + 8, right - 8);
            Draw(canvas, points, new Panel($"{curves[index].Name}: ms per call, logarithmic", x, y with { To = top, High = y.Low * Math.Pow(y.High / y.Low, (bottom - top) / (bottom - top - 16)) }));
        }
    }

    private static void Draw(Canvas canvas, IReadOnlyList<Point> points, Panel panel)
    {
        var theme = canvas.Theme;
        var (_, x, y) = panel;
        panel.Draw(canvas, "requests per client, logarithmic");
        foreach (var shared in points.Where(point => point.Reuses).DistinctBy(point => point.Row.Client))
        {
            if (shared.Time is { Low: { } low, High: { } high })
            {
                canvas.Band(x.From, y.At(high), x.To - x.From, y.At(low) - y.At(high), theme.Calm);
            }

            canvas.Line(x.From, y.At(shared.Time.Value), x.To, y.At(shared.Time.Value), theme.Calm, 2);
            canvas.Text(x.From + 8, y.At(shared.Time.High ?? shared.Time.Value) - 8, $"{ChartText.Short(shared.Row.Client, 22)}: {ChartText.Milliseconds(shared.Time)}", theme.Calm, Canvas.SmallSize, bold: true);
        }

        Point[] line = [.. points.Where(point => !point.Reuses)];
        canvas.Path(line.Select(point => (x.At(point.Requests), y.At(point.Time.Value))), theme.Accent);
        foreach (var point in line)
        {
            if (point.Time is { Low: { } low, High: { } high })
            {
                canvas.Upright(x.At(point.Requests), y.At(low), y.At(high), theme.Accent);
            }

            canvas.Dot(x.At(point.Requests), y.At(point.Time.Value), theme.Accent);
            if (point.Ratio is { } ratio)
            {
                // Beside the interval, above the line that falls: text without a patch hides nothing.
                canvas.Text(x.At(point.Requests) + 9, y.At(point.Time.High ?? point.Time.Value) - 7, RatioText.IsUndecided(ratio) ? "no difference" : RatioText.Of(ratio).Split(" (")[0], anchor: x.At(point.Requests) + 80 > x.To ? "end" : "start", size: Canvas.SmallSize);
            }
        }
    }

    private static IEnumerable<string> Sentences(Curve curve) => curve.Points.GroupBy(point => point.Reuses).Select(line =>
        $"{curve.Name}, {(line.Key ? "one client for all" : "a new client for every so many")}: " + string.Join(", ", line.Select(point =>
            $"{point.Requests} requests per client {ChartText.Milliseconds(point.Row)} a call"
            + (point.Ratio is { } ratio ? $", reuse {RatioText.Of(ratio)}" : ""))) + ".");

    private sealed record Curve(string Name, IReadOnlyList<Point> Points);

    private sealed record Point(
        string Curve, int Requests, ResultRow Row, (double Value, double? Low, double? High) Time, ResultRatio? Ratio)
    {
        public bool Reuses => ChartText.Reuses(Row);
    }
}
