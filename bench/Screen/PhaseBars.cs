using ConnectionReuse.Reporting.Tables;
using ConnectionReuse.Results;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ConnectionReuse.Bench.Screen;

/// <summary>Where a call's time goes: a bar for each client, to one scale, each phase with its milliseconds in it or beside it.</summary>
/// <param name="rows">Rows that were listened to.</param>
internal sealed class PhaseBars(IReadOnlyList<ResultRow> rows) : Renderable
{
    private const string Indent = "  ";
    private const int LongestBar = 72;
    private const double LeastShare = 0.005; // less is not worth a word

    private static readonly (string Name, Style Style, Func<PhaseTimes, double> Seconds)[] Phases =
    [
        ("DNS", new Style(Color.White, Color.Purple), times => times.DnsSeconds),
        ("TCP", new Style(Color.White, Color.Blue), times => times.ConnectSeconds),
        ("TLS", new Style(Color.Black, Color.Yellow), times => times.TlsSeconds),
        ("first byte", new Style(Color.Black, Color.Green), times => times.FirstByteSeconds),
        ("body", new Style(Color.Black, Color.Fuchsia), times => times.BodySeconds),
        ("client", new Style(Color.Black, Color.Grey), times => times.ClientSeconds),
    ];

    /// <inheritdoc/>
    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        ArgumentNullException.ThrowIfNull(options);
        var names = rows.Max(row => NameOf(row).Length);
        var start = names + (2 * Indent.Length);
        var longest = rows.Max(row => row.Phases!.TotalSeconds());
        var room = Math.Min(LongestBar, maxWidth - start - 12);
        foreach (var row in rows)
        {
            var times = row.Phases!;
            yield return new Segment(Indent + NameOf(row).PadRight(names) + Indent, Ink.Quiet);
            var beside = new List<string>();
            var (end, sum) = (0, 0.0);
            foreach (var (name, style, seconds) in Phases)
            {
                sum += seconds(times);
                var width = (int)Math.Round(room * sum / longest) - end;
                end += width;
                var label = $"{name} {Milliseconds(seconds(times), times)}";
                var fits = width >= label.Length + 2;
                if (!fits && seconds(times) >= LeastShare * times.TotalSeconds())
                {
                    beside.Add(label);
                }

                if (width > 0)
                {
                    yield return Bar(fits ? label : "", width, style, options);
                }
            }

            var text = beside.Count == 0 ? "" : $" ({string.Join(", ", beside)})";
            var total = $" {Milliseconds(times.TotalSeconds(), times)} ms";
            yield return new Segment(total, Ink.Bold);
            var below = start + end + total.Length + text.Length >= maxWidth;
            if (below)
            {
                yield return Segment.LineBreak;
            }

            foreach (var (index, part) in TextLines.Wrap(text, below ? maxWidth - 1 - start : int.MaxValue).Where(part => part.Length > 0).Index())
            {
                yield return new Segment((below ? new string(' ', start) : " ") + part, Ink.Quiet);
                if (below && index > 0)
                {
                    yield return Segment.LineBreak;
                }
            }

            yield return Segment.LineBreak;
        }
    }

    // Without colours a phase begins at a bar of its own.
    private static Segment Bar(string label, int width, Style style, RenderOptions options) => options.ColorSystem == ColorSystem.NoColors
        ? new Segment($"|{label}".PadRight(width, options.Unicode ? '·' : '.')[..width])
        : new Segment($" {label}".PadRight(width)[..width], style);

    private static string NameOf(ResultRow row) => $"a {row.Client} call";

    private static string Milliseconds(double seconds, PhaseTimes times) =>
        Figure.Text(1000 * seconds, Math.Min(3, Figure.Decimals(1000 * times.TotalSeconds(), null, null)));
}
