namespace ConnectionReuse.Reporting.Pages;

/// <summary>The tables of the page: all that it says stands in them, script or none.</summary>
internal sealed class PageTables(PageData data)
{
    /// <summary>Every row of the file.</summary>
    public string Rows() => HtmlText.Table(
        "All rows of the result file",
        [("client", false), ("target", false), ("ms per call", true), ("reuse is", true), ("saves a call", true), ("connections", true), ("TLS handshakes", true)],
        data.Rows.Select(row => (IReadOnlyList<string>)
        [
            Client(row),
            HtmlText.Of(data.Groups[row.Group].Name) + $" <small>{HtmlText.Of(data.Groups[row.Group].Kind)}</small>",
            WithRange(row.Text, row.Interval),
            row.Ratio is { } ratio ? WithRange(Faster(ratio), ratio.Interval) : "",
            row.Ratio is { } saving ? HtmlText.Of(saving.SavedText) : "",
            HtmlText.Of(row.ConnectionsText ?? ""),
            HtmlText.Of(row.Handshakes ?? ""),
        ]),
        " id=\"rows\"");

    /// <summary>Ratios by round trip; empty without one.</summary>
    public string Links() => HtmlText.Table(
        "Reuse over networks of several round trips",
        [("calls", false), ("round trip", true), ("reuse is", true), ("at most", true), ("saves a call", true)],
        data.Links.SelectMany(link => link.Points.Select(point => (IReadOnlyList<string>)
        [
            HtmlText.Of(link.Name),
            point.Rtt == 0 ? "loopback" : HtmlText.Of(FormattableString.Invariant($"{point.Rtt} ms")),
            WithRange(Faster(point.Ratio), point.Ratio.Interval),
            point.Rtt == 0 ? "no limit" : HtmlText.Of(FormattableString.Invariant($"{link.Limit}×")),
            HtmlText.Of(point.Ratio.SavedText),
        ])));

    /// <summary>Where the time of calls goes, in milliseconds; empty where nobody listened.</summary>
    public string Phases() => HtmlText.Table(
        "Milliseconds of a call by phase, means of calls that were listened to",
        [("calls", false), .. PagePhases.Names.Select(name => (name, true)), ("in all", true)],
        data.Rows.Where(row => row.Phases is not null).Select(row => (IReadOnlyList<string>)
        [
            $"{HtmlText.Of(row.Client)} <small>{HtmlText.Of(data.Groups[row.Group].Name)}</small>",
            .. row.Phases!.Select(Milliseconds),
            $"<strong>{Milliseconds(row.Phases!.Sum())}</strong>",
        ]));

    /// <summary>How single calls are distributed; empty where nobody timed them.</summary>
    public string Calls() => HtmlText.Table(
        "Single calls in milliseconds, and the first call of a fresh process",
        [("calls", false), ("half within", true), ("90% within", true), ("99% within", true), ("longest", true), ("first of a process", true)],
        data.Rows.Where(row => data.Groups[row.Group].IsPlain && (row.Quantiles is not null || row.First is not null)).Select(row => (IReadOnlyList<string>)
        [
            $"{HtmlText.Of(row.Client)} <small>{HtmlText.Of(data.Groups[row.Group].Name)}</small>",
            At(row, 50), At(row, 90), At(row, 99), At(row, 100),
            row.First is { } first ? first.Count == 1 ? Milliseconds(first[0]) : $"{Milliseconds(first.Min())}–{Milliseconds(first.Max())}" : "",
        ]));

    /// <summary>The patterns that lose their connections, each with its remedy; empty without one.</summary>
    public string Remedies() => HtmlText.Table(
        "Clients that open more connections than they need",
        [("client", false), ("connections", true), ("ms per call", true), ("do this instead", false)],
        data.Rows.Where(row => row.Remedy is not null && row.Reason is null).DistinctBy(row => (row.Client, row.Remedy)).Select(row => (IReadOnlyList<string>)
        [
            $"{HtmlText.Of(row.Client)} <small>{HtmlText.Of(data.Groups[row.Group].Name)}</small>",
            HtmlText.Of(row.ConnectionsText ?? ""),
            WithRange(row.Text, row.Interval),
            HtmlText.Of(row.Remedy!),
        ]));

    private static string Client(PageRow row) =>
        $"<span class=\"{(row.Bare ? "bare" : row.Reuses ? "calm" : "warm")}\">{HtmlText.Of(row.Client)}</span>{(row.Reason is { } reason ? $" <small>{HtmlText.Of(reason)}</small>" : "")}";

    private static string Faster(PageRatio ratio) => ratio.Undecided ? ratio.Text : $"{ratio.Text} faster";

    private static string WithRange(string text, string? range) => $"{HtmlText.Of(text)}{(range is null ? "" : $" <small>{HtmlText.Of(range)}</small>")}";

    private static string At(PageRow row, double percent) =>
        row.Quantiles is { } quantiles ? Milliseconds(quantiles[PageQuantiles.Percents.TakeWhile(one => one < percent).Count()]) : "";

    private static string Milliseconds(double time) => HtmlText.Of(FormattableString.Invariant($"{PageNumber.Three(time)}"));
}
