using ConnectionReuse.Reporting.Rows;
using ConnectionReuse.Reporting.Tables;
using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.Charts;

/// <summary>How long single calls take: the share of all calls that took no longer, and the first call of a process.</summary>
internal static class DistributionChart
{
    private const int MostPanels = 4;
    private const double FirstHeight = 26; // of the strip of first calls below the curves

    private static readonly string?[] Dashes = [null, "7 4", "2 3", "10 3 2 3"];

    /// <summary>The chart of some comparisons; null where nobody timed single calls.</summary>
    public static Chart? Of(IReadOnlyList<RowGroup> groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        Part[] parts = [.. groups.Select(group => new Part(group, [.. group.Rows.Where(row => !row.Declared.IsFloor).Select(Curve.Of).OfType<Curve>()])).Where(part => part.Curves.Count > 0).Take(MostPanels)];
        return parts.Length == 0 ? null : new Chart(
            "distribution", "How long single calls take", parts.SelectMany(part => part.Curves.Select(curve => curve.Sentence(ChartText.Name(part.Group)))), Panels.HeightOf(parts.Length),
            canvas => Draw(canvas, parts));
    }

    private static void Draw(Canvas canvas, Part[] parts)
    {
        canvas.Heading("How long single calls take", "the share of all calls that took no longer; solid blue: the connection is reused; orange: opened; diamonds: the first call of each process");
        for (var index = 0; index < parts.Length; index++)
        {
            var (left, right, bottom, top) = Panels.Place(index, parts.Length);
            double[] times = [.. parts[index].Curves.SelectMany(curve => curve.Milliseconds.Concat(curve.First))];
            var x = Scale.Log(times, left, right);
            Draw(canvas, parts[index], new Panel(ChartText.Name(parts[index].Group), x, new Scale(false, 0, 100, bottom - FirstHeight, top)), bottom);
        }
    }

    private static void Draw(Canvas canvas, Part part, Panel panel, double bottom)
    {
        var theme = canvas.Theme;
        var (title, x, y) = panel;
        new Panel(title, x, new Scale(false, 0, 100, bottom, y.To)).DrawFrame(canvas, "ms, logarithmic");
        foreach (var percent in (double[])[0, 25, 50, 75, 100])
        {
            canvas.Line(x.From, y.At(percent), x.To, y.At(percent), theme.Grid);
            canvas.Text(x.From - 8, y.At(percent) + 4, $"{Figure.Count(percent)}%", theme.Muted, Canvas.SmallSize, "end");
        }

        var nth = new Dictionary<bool, int>();
        foreach (var curve in part.Curves)
        {
            var dash = nth[curve.Reuses] = nth.GetValueOrDefault(curve.Reuses, -1) + 1;
            var color = curve.Reuses ? theme.Calm : theme.Accent;
            canvas.Steps([.. curve.Milliseconds.Zip(CallTimes.Percents, (time, percent) => (x.At(time), y.At(percent)))], color, 2, Dashes[dash % Dashes.Length]);
            foreach (var time in curve.First)
            {
                canvas.Diamond(x.At(time), bottom - FirstHeight / 2, color);
            }

            // At its median, where curves are farthest from each other; the next one of its kind lower.
            var median = x.At(curve.Median);
            var height = y.At(52 - 14 * dash);
            var fits = median + 10 + Canvas.WidthOf(curve.Name, Canvas.SmallSize) < x.To;
            canvas.Text(fits ? median + 8 : median - 8, height, curve.Name, color, Canvas.SmallSize, fits ? "start" : "end", bold: true);
        }
    }

    private sealed record Part(RowGroup Group, IReadOnlyList<Curve> Curves);

    private sealed record Curve(string Name, bool Reuses, CallTimes Times, IReadOnlyList<double> Milliseconds, IReadOnlyList<double> First)
    {
        public double Median => 1000 * Times.P50Seconds;

        public static Curve? Of(ResultRow row) => row.CallTimes is not { QuantileSeconds: { } seconds } times || seconds.Count != CallTimes.Percents.Count || seconds.Any(time => time <= 0) ? null : new Curve(
            ChartText.Short(row.Client, 22),
            ChartText.Reuses(row),
            times,
            [.. seconds.Select(time => 1000 * time)],
            [.. row.Launches.Select(launch => launch.FirstCallSeconds).OfType<double>().Where(time => time > 0).Select(time => 1000 * time)]);

        public string Sentence(string name) =>
            $"{name}, {Name}: of {Times.Calls} calls half took {Text(Median)} ms or less, 99% {Text(1000 * Times.P99Seconds)} ms, the longest {Text(1000 * Times.MaxSeconds)} ms"
            + (First.Count == 0 ? "." : $"; the first call of a process {Text(First.Min())}{(First.Count == 1 ? "" : $" to {Text(First.Max())}")} ms.");

        private static string Text(double milliseconds) => Figure.Text(milliseconds, Figure.Decimals(milliseconds, null, null));
    }
}
