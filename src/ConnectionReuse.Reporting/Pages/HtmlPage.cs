using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ConnectionReuse.Reporting.Charts;
using ConnectionReuse.Reporting.Reports;
using ConnectionReuse.Reporting.Tables;
using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.Pages;

/// <summary>
/// A result file as one page that needs nothing else: no network, no other file. Its policy lets a browser run the one style
/// and the one script that it holds, and load nothing. What it says stands in tables and pictures, which the script makes
/// livelier.
/// </summary>
internal static class HtmlPage
{
    /// <summary>What it is called beside the result file.</summary>
    public const string Name = "report.html";

    private static readonly string Style = Resource("page.css");

    private static readonly string Script = Resource("page.js");

    /// <summary>The whole page: the same bytes for the same result.</summary>
    public static string Render(ResultFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var data = PageFigures.Of(file);
        var tables = new PageTables(data);
        return string.Concat(
            Head(file),
            $"<header class=\"top\">\n<p class=\"eyebrow\">{HtmlText.Of(Eyebrow(file))}</p>\n{PageAnswer.Of(file, data)}</header>\n<main>\n",
            "<div class=\"choose\" id=\"choose\" hidden><label for=\"target\">Show</label> <select id=\"target\"></select></div>\n",
            PageAnswer.Tiles(data),
            Charts(file, data, tables),
            Section("network", "It depends on the network: the ratio falls, the milliseconds grow", "On loopback a round trip is free and CPU decides. Over a network a reused connection needs 1 round trip, a new one 1 more for TCP and 1 to 2 more for TLS: the ratio of small responses comes near 2, 3 or 4, and every call saves whole round trips.", Picture(RttChart(file)) + Live("links"), Folded("The figures", tables.Links())),
            Section("losing", "Ways to lose reuse, and what to do instead", "", tables.Remedies()),
            Section("amortised", "Between the two: some calls per client", "", Picture(AmortisationChart.Of(ReportParts.Of(file).Amortisation, file.Ratios), always: true)),
            Section("all", "All rows", "", $"<p class=\"filter\" id=\"filter\" hidden><label for=\"words\">Filter</label> <input id=\"words\" type=\"search\" autocomplete=\"off\" placeholder=\"HTTP/2, grpc, 64 kB …\"> <span id=\"count\" role=\"status\"></span></p>\n{tables.Rows()}"),
            Where(file),
            $"</main>\n<div id=\"tip\" role=\"status\" hidden></div>\n<script type=\"application/json\" id=\"data\">{JsonSerializer.Serialize(data, PageJsonContext.Default.PageData)}</script>\n<script>{Script}</script>\n</body>\n</html>\n");
    }

    /// <summary>How the policy names a text that may run.</summary>
    internal static string Hash(string text) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}'";

    private static string Head(ResultFile file) => $"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src {Hash(Style)}; script-src {Hash(Script)}; base-uri 'none'; form-action 'none'">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="referrer" content="no-referrer">
        <title>{HtmlText.Of(Headline.Of(file))}</title>
        <style>{Style}</style>
        </head>
        <body>

        """.ReplaceLineEndings("\n");

    private static string Eyebrow(ResultFile file) => string.Join(" · ",
    [
        "HTTP connection reuse, measured",
        file.Start.UtcDateTime.ToString("d MMMM yyyy", CultureInfo.InvariantCulture),
        file.Environment.Runtime,
        .. file.Environment.Commit is null ? Array.Empty<string>() : [$"commit {Machine.ShortCommit(file.Environment)}{(file.Environment.Dirty == true ? " with changes" : "")}"],
    ]);

    // With the script the same is drawn for the target that is chosen.
    private static string Charts(ResultFile file, PageData data, PageTables tables)
    {
        var parts = ReportParts.Of(file);
        return Section("cost", "What one call costs", "", Picture(ComparisonChart.Of([.. parts.LocalAndReal], file.Ratios)) + Live("bars"))
            + Section("timeline", "Where the time of a call goes", "", Picture(PhasesChart.Of([.. parts.Timeit, .. parts.Links])) + Live("phases"), Folded("Phases in figures", tables.Phases()))
            + Section("distribution", "How calls are distributed", "", Picture(DistributionChart.Of([.. parts.LocalAndReal.Where(group => PageFigures.Name(group) == data.Groups.ElementAtOrDefault(data.Chosen)?.Name)])) + Live("calls"), Folded("Calls in figures", tables.Calls()))
            + Section("samples", "Every sample", "", Live("dots"));
    }

    private static Chart? RttChart(ResultFile file)
    {
        var parts = ReportParts.Of(file);
        return Reporting.Charts.RttChart.Of(RttSeries.Of(parts.Links.Concat(parts.Reproduced), file.Ratios, parts.OnLoopback));
    }

    private static string Where(ResultFile file) => Section("where", "Where and how", "",
        $"<ul class=\"facts\">\n{string.Concat(EnvironmentLines.Of(file).Select(line => $"<li>{HtmlText.Of(line)}</li>\n"))}</ul>\n",
        "<p>Every row makes the same requests, one after another unless it says otherwise, and checks every answer. A time is the median over all iterations, none removed; an interval is Student's t over the logarithms of the processes' medians, and a ratio is the geometric mean over rounds that ran side by side. Connections and handshakes are counted while it is timed. One machine is one machine: loopback understates what reuse saves, and an emulated network has no loss and no other traffic.</p>\n",
        $"<p>Measure it again:</p>\n<pre tabindex=\"0\">{string.Join('\n', Commands.Of(file.Runs).Select(HtmlText.Of))}</pre>\n");

    private static string Section(string id, string heading, string note, params string[] parts)
    {
        var body = string.Concat(parts);
        var isLive = body.StartsWith("<div class=\"live\"", StringComparison.Ordinal);
        return body.Length == 0 ? "" : $"<section id=\"{id}\"{(isLive ? " class=\"live\" hidden" : "")}>\n<h2>{HtmlText.Of(heading)}</h2>\n<p class=\"note\">{HtmlText.Of(note)}</p>\n{body}</section>\n";
    }

    private static string Live(string id) => $"<div class=\"live\" id=\"{id}\" hidden></div>\n";

    private static string Folded(string summary, string body) => body.Length == 0 ? "" : $"<details><summary>{HtmlText.Of(summary)}</summary>\n{body}</details>\n";

    private static string Picture(Chart? chart, bool always = false) => chart is null ? ""
        : $"<div class=\"scroll {(always ? "picture" : "picture still")}\" role=\"region\" tabindex=\"0\" aria-label=\"{HtmlText.Of(chart.Title)}\">\n{chart.Render(ChartTheme.Page)}</div>\n";

    private static string Resource(string name)
    {
        using var stream = typeof(HtmlPage).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{name} is not in the assembly");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
