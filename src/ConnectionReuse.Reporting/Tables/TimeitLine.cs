using System.Globalization;
using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.Tables;

/// <summary>One line of the timeit table, every cell as text and empty where there is nothing to say.</summary>
internal sealed record TimeitLine
{
    public static IReadOnlyList<Column<TimeitLine>> Columns { get; } =
    [
        new("client", line => line.Client, IsNumber: false),
        new("statement", line => line.Statement, IsNumber: false, CellKind.Code),
        new("number", line => line.Number),
        new("total s", line => line.Total),
        new("+-", line => line.Reach),
        new("ms/call", line => line.PerCall),
        new("connections", line => line.Connections),
        new("full/resumed", line => line.Handshakes),
        new("reuse is x faster", line => line.Faster),
        new("ms saved/call", line => line.Saved),
        new("x floor", line => line.Floor),
    ];

    // Another tool's connections are counted by our server alone.
    private const string NotCounted = "n/a";

    public required string Client { get; init; }

    public required string Statement { get; init; }

    public required string Number { get; init; }

    /// <summary>The seconds, or why there are none.</summary>
    public required string Total { get; init; }

    public string Reach { get; init; } = "";

    public string PerCall { get; init; } = "";

    public string Connections { get; init; } = "";

    public string Handshakes { get; init; } = "";

    public string Faster { get; init; } = "";

    public string Saved { get; init; } = "";

    public string Floor { get; init; } = "";

    /// <summary>The line of a row, with the ratios in which it is the slow one.</summary>
    public static TimeitLine Of(ResultRow row, IEnumerable<ResultRatio> ratios)
    {
        var line = new TimeitLine
        {
            Client = row.Client,
            Statement = row.Declared.Statement,
            Number = row.Requests.ToString(CultureInfo.InvariantCulture),
            Total = row.Status.Words(),
        };
        if (!row.HasTimes() || row.Median is not { } seconds)
        {
            return line;
        }

        var toMilliseconds = 1000.0 / row.Requests;
        var decimals = Figure.Decimals(seconds * toMilliseconds, row.Low * toMilliseconds, row.High * toMilliseconds);
        var own = ratios.Where(ratio => ratio.Slow == row.Client).ToArray();
        var reuse = own.Where(ratio => ratio.Kind == RatioKind.Reuse).ToArray();
        return line with
        {
            Total = Figure.Text(seconds, Figure.Decimals(seconds, row.Low, row.High)),
            Reach = row is { Low: { } low, High: { } high } ? Figure.Reach(seconds, low, high) : "",
            PerCall = Figure.Text(seconds * toMilliseconds, decimals),
            Connections = row.PerIteration(counts => counts.Carrying) is { } connections ? Figure.Count(connections) : row.Declared.Tool is null ? "" : NotCounted,
            Handshakes = (row.PerIteration(counts => counts.FullHandshakes), row.PerIteration(counts => counts.ResumedHandshakes)) is ({ } full, { } resumed)
                ? $"{Figure.Count(full)}/{Figure.Count(resumed)}"
                : "",
            Faster = Each(reuse, RatioText.Of),
            Saved = Each(reuse, ratio => RatioText.Saved(ratio, decimals)),
            Floor = Each([.. own.Where(ratio => ratio.Kind == RatioKind.Floor)], RatioText.Of),
        };
    }

    // With several reusing clients each figure says which one it is held against.
    private static string Each(ResultRatio[] ratios, Func<ResultRatio, string> text) =>
        string.Join(", ", ratios.Select(ratio => ratios.Length > 1 ? $"{ratio.Fast} {text(ratio)}" : text(ratio)));
}
