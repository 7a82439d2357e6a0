using ConnectionReuse.Reporting.Reports;
using ConnectionReuse.Reporting.Tables;
using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.Pages;

/// <summary>The answer, on top of the page: a sentence with its interval and its scope, and three figures.</summary>
internal static class PageAnswer
{
    /// <summary>The heading and what stands below it, as HTML.</summary>
    public static string Of(ResultFile file, PageData data)
    {
        ArgumentNullException.ThrowIfNull(file);
        if (Headline.Found(file) is not { } found || RatioText.IsUndecided(found.Ratio) || found.Ratio.Value < 1)
        {
            return $"<h1 class=\"long\">{HtmlText.Of(Headline.Of(file).TrimStart('~', ' '))}</h1>\n";
        }

        var ratio = found.Ratio;
        var places = Figure.Decimals(ratio.Value, ratio.Low, ratio.High);
        var group = data.Groups[data.Chosen];
        var (slow, fast) = (group.Slow is { } one ? data.Rows[one] : null, group.Fast is { } other ? data.Rows[other] : null);
        var cores = file.Environment.LogicalCores == 1 ? "1 core" : $"{file.Environment.LogicalCores} cores";
        return $"""
            <h1>Reusing one HttpClient is <em>{Figure.Text(ratio.Value, places)}×</em> faster than a new one per call</h1>
            <p class="lede"><strong>{Figure.Text(100 * ratio.Confidence, 0)}% interval {PageRatios.Range(ratio.Low, ratio.High, places)}</strong>, measured over {HtmlText.Of(found.Scope)}, {cores}.{Sentence(slow, fast)}</p>

            """.ReplaceLineEndings("\n");
    }

    /// <summary>The three figures of a comparison, as HTML; the script writes those of another one in their place.</summary>
    public static string Tiles(PageData data)
    {
        if (data.Groups.ElementAtOrDefault(data.Chosen) is not { Slow: { } slow, Fast: { } fast } || data.Rows[slow].Ratio is not { } ratio)
        {
            return "<div class=\"tiles\" id=\"tiles\"></div>\n";
        }

        var (one, other) = (data.Rows[slow], data.Rows[fast]);
        return $"""
            <div class="tiles" id="tiles">
            {Tile(ratio.Text, "faster", $"95% interval {ratio.Interval}")}
            {Tile(ratio.SavedText, "saved by every call", $"{one.Text} → {other.Text}")}
            {Tile(Connections(one, other), "connections", $"for {one.Requests} {(one.Requests == 1 ? "call" : "calls")}: {one.Client} → {other.Client}")}
            </div>

            """.ReplaceLineEndings("\n");
    }

    private static string Connections(PageRow slow, PageRow fast) =>
        (slow.Connections, fast.Connections) is ({ } opened, { } kept) ? $"{Figure.Count(opened)} → {Figure.Count(kept)}" : "not counted";

    private static string Tile(string figure, string what, string basis) =>
        $"<div class=\"tile\"><b>{HtmlText.Of(figure)}</b> <span>{HtmlText.Of(what)}</span> <small>{HtmlText.Of(basis)}</small></div>";

    private static string Sentence(PageRow? slow, PageRow? fast) => slow is null || fast is null ? ""
        : $" A call with a new client takes {HtmlText.Of(slow.Text)}, one with a shared client {HtmlText.Of(fast.Text)}.";
}
