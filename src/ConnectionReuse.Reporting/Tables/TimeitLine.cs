using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.Tables;

/// <summary>One line of the timeit table, every cell as text and empty where there is nothing to say.</summary>
internal sealed record TimeitLine
{
    public static IReadOnlyList<Column<TimeitLine>> Columns { get; } =
    [
        new("client", line => line.Client, IsNumber: false),
        new("ms/call", line => line.PerCall),
        new("reuse is", line => line.Faster),
        new("saves", line => line.Saved),
        new("connections", line => line.Connections),
        new("TLS handshakes", line => line.Handshakes),
    ];

    // Another tool's connections are counted by our server alone.
    private const string NotCounted = "n/a";

    public required string Client { get; init; }

    /// <summary>The milliseconds, or why there are none.</summary>
    public required string PerCall { get; init; }

    public string Connections { get; init; } = "";

    public string Handshakes { get; init; } = "";

    public string Faster { get; init; } = "";

    public string Saved { get; init; } = "";

    /// <summary>The line of a row, with the ratios in which it is the slow one.</summary>
    public static TimeitLine Of(ResultRow row, IEnumerable<ResultRatio> ratios)
    {
        var line = new TimeitLine { Client = row.Client, PerCall = row.Status.Words() };
        if (!row.HasTimes() || row.Median is not { } seconds)
        {
            return line;
        }

        var toMilliseconds = 1000.0 / row.Requests;
        var decimals = Figure.Decimals(seconds * toMilliseconds, row.Low * toMilliseconds, row.High * toMilliseconds);
        var reuse = ratios.Where(ratio => ratio.Slow == row.Client && ratio.Kind == RatioKind.Reuse).ToArray();
        return line with
        {
            PerCall = Figure.Text(seconds * toMilliseconds, decimals),
            Connections = row.PerIteration(counts => counts.Carrying) is { } connections ? Figure.Count(connections) : row.Declared.Tool is null ? "" : NotCounted,
            Handshakes = HandshakesOf(row),
            Faster = Each(reuse, RatioText.Of),
            Saved = Each(reuse, ratio => RatioText.Saved(ratio, decimals)),
        };
    }

    /// <summary>Such as <c>100 resumed</c>, <c>1 full, 99 resumed</c> or <c>0</c>; empty without TLS, and where it is not known.</summary>
    public static string HandshakesOf(ResultRow row)
    {
        if ((row.PerIteration(counts => counts.FullHandshakes), row.PerIteration(counts => counts.ResumedHandshakes)) is not ({ } full, { } resumed)
            || (full == 0 && resumed == 0 && row.TlsProtocol is null && row.Url.StartsWith("http:", StringComparison.Ordinal)))
        {
            return "";
        }

        string[] parts = [.. full > 0 ? [$"{Figure.Count(full)} full"] : Array.Empty<string>(), .. resumed > 0 ? [$"{Figure.Count(resumed)} resumed"] : Array.Empty<string>()];
        return parts.Length == 0 ? "0" : string.Join(", ", parts);
    }

    // With several reusing clients each figure says which one it is held against.
    private static string Each(ResultRatio[] ratios, Func<ResultRatio, string> text) =>
        string.Join(", ", ratios.Select(ratio => ratios.Length > 1 ? $"{ratio.Fast} {text(ratio)}" : text(ratio)));
}
