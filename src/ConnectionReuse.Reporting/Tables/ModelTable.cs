using System.Globalization;
using ConnectionReuse.Reporting.Rows;
using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.Tables;

/// <summary>A comparison and what the model makes of it.</summary>
/// <param name="Comparison">Target and client patterns, such as <c>kestrel-http: fresh, shared</c>.</param>
/// <param name="Figures">The model's figures.</param>
internal sealed record ModelRow(string Comparison, ModelFigures Figures)
{
    /// <summary>Whether the round trip was measured before the calls, and not worked out from their times.</summary>
    public bool RoundTripMeasured { get; init; }
}

/// <summary>The limit model as Markdown: what round trips alone would allow, and how near the measured ratio comes.</summary>
internal static class ModelTable
{
    private static readonly Column<ModelRow>[] Columns =
    [
        new("comparison", row => row.Comparison, IsNumber: false),
        new("extra trips", row => RoundTrips(row.Figures)),
        new("trip ms", row => Milliseconds(row.Figures.RttSeconds)),
        new("rest ms", row => Milliseconds(row.Figures.ServiceSeconds)),
        new("limit", row => row.Figures.CpuBound ? "none" : $"{Figure.Count(row.Figures.Limit)}x"),
        new("measured", row => Ratio(row.Figures)),
    ];

    /// <summary>What the table calls a ratio; the client that reuses is named where it is not shared.</summary>
    public static string NameOf(RowGroup group, ResultRatio ratio) =>
        $"{group.Target}{(group.Parameters.Url is { } url ? $" {url}" : "")}{ParameterText.Suffix(group.Parameters with { Url = null, Class = null, Link = group.Parameters.Class is null ? group.Parameters.Link : null })} {ratio.Slow}{(ratio.Fast == ClientIds.Shared ? "" : $", {ratio.Fast}")}";

    /// <summary>The table, with what reuse saves and how to read both; it ends with a line feed.</summary>
    public static string Render(IReadOnlyCollection<ModelRow> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var savings = Savings(rows);
        return $"{MarkdownTable.Render([.. Columns], rows)}\n{savings}\n{MarkdownText.List(Notes(rows))}";
    }

    private static string Savings(IReadOnlyCollection<ModelRow> rows) => MarkdownTable.Render(
        [
            new("saves after", row => row.Comparison, IsNumber: false),
            .. rows.SelectMany(row => row.Figures.Savings.Select(saving => saving.Calls)).Distinct().Order().Select(calls =>
                new Column<ModelRow>($"{calls.ToString("N0", CultureInfo.InvariantCulture)} calls", row => Saved(row, calls))),
        ],
        rows);

    private static string Saved(ModelRow row, long calls) =>
        row.Figures.Savings.FirstOrDefault(saving => saving.Calls == calls) is { } saving ? Duration.Text(saving.Seconds) : "";

    private static IEnumerable<string> Notes(IReadOnlyCollection<ModelRow> rows)
    {
        yield return "extra trips: round trips of a fresh call beyond the request's own; trip ms: (fresh - reused) / extra trips; rest ms: what of a reused call is no round trip; limit: 1 + extra trips, what reuse comes to when a call is nothing but round trips; what a new client itself takes ends up in trip ms, and a measured ratio can be that little above the limit";
        if (rows.Any(row => row.RoundTripMeasured))
        {
            yield return "between two machines trip ms is the network's round trip as it was measured before the calls, whatever they took";
        }

        if (rows.Any(row => row.Figures.SlowStartRoundTrips > 0))
        {
            yield return "extra trips of two parts: the second is slow start, which lets a new connection send 10 segments at first and up to twice as many in each round trip";
        }

        yield return "saves after n calls: (n - 1) times what a call saves, because the first call of a reusing client opens its connection";
        if (rows.Any(row => row.Figures.CpuBound))
        {
            yield return "no limit: CPU decides there, because opening a connection costs CPU that no round trip explains (or a real URL has a body above 14 kB, whose slow start is not counted); trip ms is that cost shared out and no property of a network";
        }
    }

    private static string RoundTrips(ModelFigures figures) => figures.SlowStartRoundTrips == 0
        ? Figure.Count(figures.ExtraRoundTrips)
        : $"{Figure.Count(figures.ExtraRoundTrips - figures.SlowStartRoundTrips)} + {Figure.Count(figures.SlowStartRoundTrips)}";

    private static string Ratio(ModelFigures figures) => figures is { RatioLow: { } low, RatioHigh: { } high }
        ? Figure.Ratio(figures.Ratio, low, high)
        : $"{Figure.Text(figures.Ratio, Figure.Decimals(figures.Ratio, null, null))}x (no interval)";

    private static string Milliseconds(double seconds) =>
        seconds == 0 ? "0" : Figure.Text(1000 * seconds, Figure.Decimals(1000 * seconds, null, null));
}
