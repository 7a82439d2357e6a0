using System.Globalization;
using ConnectionReuse.Reporting.Charts;
using ConnectionReuse.Reporting.Tables;
using ConnectionReuse.Results;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ConnectionReuse.Bench.Screen;

/// <summary>The clients of one target: what a call takes, its interval, the connections, and a bar to one scale.</summary>
/// <param name="rows">The target's rows.</param>
/// <param name="all">The rows of all targets: their columns have one width.</param>
/// <param name="titled">Whether the columns are named above them.</param>
internal sealed class ClientRows(IReadOnlyList<ResultRow> rows, IReadOnlyList<ResultRow> all, bool titled) : Renderable
{
    private const string Indent = "  ";
    private const int ShortestBar = 8;
    private const int LongestBar = 60;

    private static readonly Line Title = new("client", "ms a call", "95% interval", "connections", 0);

    /// <inheritdoc/>
    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        ArgumentNullException.ThrowIfNull(options);
        (ResultRow Row, Line? Line)[] lines = [.. rows.Select(row => (row, LineOf(row)))];
        Line[] measured = [Title, .. all.Select(LineOf).OfType<Line>()];
        var client = Math.Max(Title.Client.Length, all.Max(row => row.Client.Length));
        var (time, interval, connections) = (measured.Max(line => line.Time.Length), measured.Max(line => line.Interval.Length), measured.Max(line => line.Connections.Length));
        var room = maxWidth - 1 - Indent.Length - client - time - interval - connections - 8;
        var longest = lines.Max(line => line.Line?.Milliseconds ?? 0);

        string Cells(Line line) => $"  {line.Time.PadLeft(time)}  {line.Interval.PadLeft(interval)}  {line.Connections.PadLeft(connections)}";
        if (titled)
        {
            yield return new Segment(Indent + Title.Client.PadRight(client) + Cells(Title), Ink.Quiet);
            yield return Segment.LineBreak;
        }

        foreach (var (row, line) in lines)
        {
            yield return new Segment(Indent + row.Client.PadRight(client), Ink.Bold);
            if (line is null)
            {
                var start = client + (2 * Indent.Length);
                foreach (var (index, part) in TextLines.Wrap(ChartText.Why(row), maxWidth - 1 - start).Index())
                {
                    yield return new Segment((index == 0 ? Indent : new string(' ', start)) + part, Ink.Bad);
                    yield return Segment.LineBreak;
                }

                continue;
            }

            yield return new Segment(Cells(line));
            if (room >= ShortestBar)
            {
                var width = Math.Max(1, (int)Math.Round(Math.Min(room, LongestBar) * line.Milliseconds / longest));
                yield return new Segment(Indent + new string(options.Unicode ? '█' : '#', width), Ink.BarOf(row));
            }

            yield return Segment.LineBreak;
        }
    }

    private static Line? LineOf(ResultRow row)
    {
        if (ChartText.MillisecondsPerCall(row) is not { } time)
        {
            return null;
        }

        var decimals = Figure.Decimals(time.Value, time.Low, time.High);
        return new Line(
            row.Client,
            Figure.Text(time.Value, decimals),
            time is { Low: { } low, High: { } high } ? $"{Figure.Text(low, decimals)}-{Figure.Text(high, decimals)}" : "none",
            row.PerIteration(counts => counts.Carrying) is { } connections ? string.Create(CultureInfo.InvariantCulture, $"{Figure.Count(connections)} of {row.Requests}") : "not counted",
            time.Value);
    }

    private sealed record Line(string Client, string Time, string Interval, string Connections, double Milliseconds);
}
