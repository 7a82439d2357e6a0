using System.Globalization;
using ConnectionReuse.Reporting.Results;

namespace ConnectionReuse.Reporting.Charts;

/// <summary>What a call costs when a client makes so many before the next one is created: the way from fresh to shared.</summary>
public static class AmortisationChart
{
    /// <summary>The parameter that tells its rows apart.</summary>
    public const string Parameter = "requestsPerClient";

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

    /// <summary>How many requests each client of the comparison makes; null where it is not about that.</summary>
    public static int? RequestsPerClient(RowGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        return group.Parameters.TryGetValue(Parameter, out var text)
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var requests) && requests > 0
                ? requests : null;
    }

    private static IEnumerable<Point> Points(RowGroup comparison, IReadOnlyCollection<ResultRatio> ratios) =>
        from row in comparison.Rows
        where RequestsPerClient(comparison) is not null && !ChartText.IsFloor(row.Client)
        let time = ChartText.MillisecondsPerCall(row)
        where time is not null
        let others = comparison.Parameters.Where(parameter => parameter.Key != Parameter).ToDictionary()
        select new Point(
            ChartText.Name(comparison with { Parameters = others }),
            RequestsPerClient(comparison)!.Value,
            row,
            time.Value,
            ChartText.Reuse(comparison, row.Client, ratios).FirstOrDefault());

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
        foreach (var line in points.GroupBy(point => point.Row.Client).OrderByDescending(line => line.First().Reuses))
        {
            var reuses = line.First().Reuses;
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
                    canvas.Tag(x.At(point.Requests), y.At(point.Time.High ?? point.Time.Value) - 10, ChartText.Ratio(ratio).Split(" (")[0]);
                }
            }
        }
    }

    private static IEnumerable<string> Sentences(Curve curve) => curve.Points.GroupBy(point => point.Row.Client).Select(line =>
        $"{curve.Name}, {line.Key}: " + string.Join(", ", line.Select(point =>
            $"{point.Requests} requests per client {ChartText.Milliseconds(point.Row)} a call"
            + (point.Ratio is { } ratio ? $", reuse {ChartText.Ratio(ratio)}" : ""))) + ".");

    private sealed record Curve(string Name, IReadOnlyList<Point> Points);

    private sealed record Point(
        string Curve, int Requests, ResultRow Row, (double Value, double? Low, double? High) Time, ResultRatio? Ratio)
    {
        public bool Reuses => ChartText.Reuses(Row);
    }
}
