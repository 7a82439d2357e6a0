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

    // The rows that reuse their connection are drawn at each number of requests: a line to come down to.
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
        canvas.Heading("What a call costs when a client makes so many requests", "filled dots, solid: a new client for every so many; hollow, dashed: one client for all; bars: 95% intervals; figures: reuse is x faster");
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
        foreach (var line in points.GroupBy(point => point.Reuses).OrderByDescending(line => line.Key))
        {
            var reuses = line.Key;
            var color = reuses ? theme.Calm : theme.Accent;
            canvas.Path(line.Select(point => (x.At(point.Requests), y.At(point.Time.Value))), color, 2, reuses ? "5 4" : null);
            foreach (var point in line)
            {
                if (point.Time is { Low: { } low, High: { } high })
                {
                    canvas.Upright(x.At(point.Requests), y.At(low), y.At(high), color);
                }

                canvas.Dot(x.At(point.Requests), y.At(point.Time.Value), color, reuses);
                if (point.Ratio is { } ratio)
                {
                    canvas.Tag(x.At(point.Requests), y.At(point.Time.High ?? point.Time.Value) - 10, RatioText.Of(ratio).Split(" (")[0]);
                }
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
