using System.Globalization;
using ConnectionReuse.Reporting.Rows;
using ConnectionReuse.Reporting.Tables;
using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.SideBySide;

/// <summary>Two results side by side as Markdown: what differs between the machines, the rows, and what one of them lacks.</summary>
internal static class SideBySideTable
{
    private const string NotCompared = "not compared";
    private const string None = "none";

    private static readonly Column<ComparedRow>[] Columns =
    [
        new("target", Target, IsNumber: false),
        new("client", row => row.Client, IsNumber: false),
        new("A ms", row => PerCall(row, row.MedianA)),
        new("B ms", row => PerCall(row, row.MedianB)),
        new("B/A", Ratio),
        new("opened", row => Both(Count(row, 1, count => count.A), Count(row, 1, count => count.B))),
        new("TLS handshakes", row => Both(Handshakes(row, count => count.A), Handshakes(row, count => count.B))),
    ];

    /// <summary>The whole of it; it ends with a line feed.</summary>
    public static string Render(ResultComparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        return string.Join('\n',
        [
            $"### {MarkdownText.Escape(comparison.B.Name)} (B) against {MarkdownText.Escape(comparison.A.Name)} (A)\n",
            MarkdownText.List([Source("A", comparison.A), Source("B", comparison.B), .. Environments(comparison)]),
            MarkdownTable.Render(Columns, comparison.Rows),
            MarkdownText.List(SideBySideNotes.Of(comparison)),
        ]);
    }

    /// <summary>A row's name, such as <c>kestrel-http fresh</c>.</summary>
    public static string Name(ComparedRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return new RowIdentity(row.Target, row.Url, row.Client, row.Parameters, Requests: null).ToString();
    }

    /// <summary>Whether a row's rounds cannot tell which result is the faster one.</summary>
    public static bool IsUndecided(ComparedRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return row is { Low: <= 1, High: >= 1 };
    }

    /// <summary>B over A with its interval, as undecided where that holds 1.</summary>
    public static string Ratio(ComparedRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        if (row is not { Ratio: { } ratio })
        {
            return row is { MedianA: not null, MedianB: not null } ? NotCompared : "";
        }

        if (row is not { Low: { } low, High: { } high })
        {
            return $"{Figure.Text(ratio, Figure.Decimals(ratio, null, null))}x (no interval)";
        }

        var decimals = Figure.Decimals(ratio, low, high);
        return IsUndecided(row) ? $"{RatioText.Undecided} ({Figure.Text(low, decimals)}-{Figure.Text(high, decimals)})" : Figure.Ratio(ratio, low, high);
    }

    private static string Source(string name, ComparedResult result)
    {
        var environment = result.Environment;
        var commit = environment.Commit is { } hash ? $"commit {hash[..Math.Min(10, hash.Length)]}{(environment.Dirty == true ? " with uncommitted changes" : "")}" : "no commit";
        return $"{name}: {result.Name}, {result.Start.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture)}, {commit}, {environment.Cpu ?? "unknown CPU"}, {environment.Machine}, {environment.Runtime}";
    }

    private static IEnumerable<string> Environments(ResultComparison comparison) =>
        comparison.Differences.Count == 0 ? ["both of the same machine and software"] : comparison.Differences;

    private static string Target(ComparedRow row) => $"{(row.Url is null ? row.Target : $"{row.Target} {row.Url}")}{ParameterText.Suffix(row.Parameters)}{(row.Requests == DocumentedFigures.Calls ? "" : string.Create(CultureInfo.InvariantCulture, $", {row.Requests} requests"))}";

    private static string Both(string a, string b) => a == b ? a : $"{(a.Length > 0 ? a : None)}, {(b.Length > 0 ? b : None)}";

    private static string PerCall(ComparedRow row, double? median) =>
        median is { } seconds && 1000 * seconds / row.Requests is var time ? Figure.Text(time, Figure.Decimals(time, null, null)) : "";

    private static string Count(ComparedRow row, int place, Func<ComparedCount, double?> of) => of(row.Counts[place]) is { } count ? Figure.Count(count) : "";

    private static string Handshakes(ComparedRow row, Func<ComparedCount, double?> of) =>
        (of(row.Counts[2]), of(row.Counts[3])) is ({ } full, { } resumed) ? $"{Figure.Count(full)}/{Figure.Count(resumed)}" : "";
}
