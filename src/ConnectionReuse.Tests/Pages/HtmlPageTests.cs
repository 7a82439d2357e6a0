using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using ConnectionReuse.Reporting.Charts;
using ConnectionReuse.Reporting.Pages;
using ConnectionReuse.Reporting.Reports;
using ConnectionReuse.Reporting.Tables;
using ConnectionReuse.Results;
using ConnectionReuse.Tests.Charts;
using ConnectionReuse.Tests.Faults;
using ConnectionReuse.Tests.Reporting;
using Xunit;

namespace ConnectionReuse.Tests.Pages;

/// <summary>The page as text: what it says without a script, and what it lets a browser do.</summary>
public sealed partial class HtmlPageTests
{
    private const int MostBytes = 300_000;

    public static TheoryData<string> Names => [.. SamplePages.Published.Select(path => Path.GetFileName(Path.GetDirectoryName(path)!))];

    [Fact]
    public void Its_policy_names_its_one_style_and_its_one_script_and_nothing_else()
    {
        var page = HtmlPage.Render(SamplePages.Everything());

        var policy = Policy().Match(page).Groups[1].Value;

        Assert.Equal($"default-src 'none'; style-src {Hash(Style().Matches(page))}; script-src {Hash(Script().Matches(page))}; base-uri 'none'; form-action 'none'", policy);
        Assert.DoesNotMatch("<[^>]* (style|on[a-z]+)=", page);
    }

    [Fact]
    public void It_asks_for_no_other_file()
    {
        var page = Pictures().Replace(HtmlPage.Render(SamplePages.Everything()), "");

        Assert.DoesNotMatch(@"<(link|img|iframe|object|embed|base)\b|\b(src|href|srcset|action)=|url\(|@import|fetch\(|XMLHttpRequest|import\(", page);
    }

    [Fact]
    [Fault("markup, bars and backticks in the texts of a result, in report.html", "it is shown, not obeyed")]
    public void It_shows_what_looks_like_markup_and_does_not_obey_it()
    {
        var page = HtmlPage.Render(SamplePages.OfHostileTexts());
        var data = Data().Match(page).Groups[1].Value;

        Assert.DoesNotContain("<script>window", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
        Assert.DoesNotContain('<', data);
        Assert.Equal(2, Regex.Count(page, "</script>"));
        Assert.Contains(WebUtility.HtmlEncode(SamplePages.Hostile), page, StringComparison.Ordinal);
        Assert.DoesNotContain(page, letter => letter != '\n' && PlainText.IsControl(letter));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_published_result_fits_with_the_distribution_of_every_row(string name)
    {
        var file = ResultFiles.Read(Golden.Repository($"results/published/{name}/{ResultFiles.Name}"));

        Assert.InRange(Encoding.UTF8.GetByteCount(HtmlPage.Render(SamplePages.WithCalls(file))), 50_000, MostBytes);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Without_a_script_every_row_and_the_pictures_are_there(string name)
    {
        var file = ResultFiles.Read(Golden.Repository($"results/published/{name}/{ResultFiles.Name}"));
        var page = Script().Replace(Data().Replace(HtmlPage.Render(file), ""), "");
        var table = page[page.IndexOf(" id=\"rows\"", StringComparison.Ordinal)..];

        var lines = Lines().Matches(table[..table.IndexOf("</table>", StringComparison.Ordinal)]).Select(line => line.Value).ToArray();

        Assert.Equal(file.Rows.Count, lines.Length);
        Assert.All(file.Rows, row => Assert.Contains(lines, line =>
            line.Contains($">{row.Client}</span>", StringComparison.Ordinal)
            && line.Contains(ChartText.MillisecondsPerCall(row) is null ? row.Status.Words() : ChartText.Milliseconds(row).Split(" (")[0], StringComparison.Ordinal)));
        Assert.Equal(file.Rows.Any(row => row.CallTimes?.QuantileSeconds is { Count: > 0 }) ? 5 : 4, Regex.Count(page, "<svg ")); // single calls have a picture of their own
        Assert.DoesNotMatch("<section[^>]* hidden>(?!\n<h2>(Every sample|How calls are distributed))", page);
    }

    [Fact]
    public void The_answer_stands_on_top_with_its_interval_its_scope_and_the_figures_of_its_rows()
    {
        var file = SamplePages.Everything();
        var found = Headline.Found(file)!.Value;
        var top = Top().Match(HtmlPage.Render(file)).Value;

        string Time(string client) => ChartText.Milliseconds(found.Group.Rows.Single(row => row.Client == client)).Split(" (")[0];

        Assert.Contains($"Reusing one HttpClient is <em>{RatioText.Of(found.Ratio).Split('x')[0]}×</em> faster than a new one per call", top, StringComparison.Ordinal);
        Assert.Matches(@"<strong>95% interval 1[12]\.\d+–1[23]\.\d+</strong>, measured over HTTPS, loopback, bare Kestrel, 2 cores\.", top);
        Assert.Contains($"A call with a new client takes {Time("fresh")}, one with a shared client {Time("shared")}.", top, StringComparison.Ordinal);
    }

    [Fact]
    public void Patterns_that_this_program_does_not_have_are_shown_like_any_other()
    {
        var pigeon = SampleRuns.Row(TargetIds.KestrelHttp, "pigeon", 20);
        var page = HtmlPage.Render(ResultJson.Parse(ResultJson.Serialize(SampleRuns.Run(
            pigeon with { Declared = pigeon.Declared with { Reference = "loft", Remedy = "keep the carrier" } },
            SampleRuns.Row(TargetIds.KestrelHttp, "loft", 2) with { Declared = pigeon.Declared with { Reuses = true }, Counts = new Counts { Requests = 100, Carrying = 1, Opened = 0 } }))));

        Assert.Contains("<span class=\"warm\">pigeon</span>", page, StringComparison.Ordinal);
        Assert.Contains("<span class=\"calm\">loft</span>", page, StringComparison.Ordinal);
        Assert.Matches(@"10\.0+× faster", WebUtility.HtmlDecode(page));
        Assert.Contains("<td>keep the carrier</td>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_result_without_any_time_still_says_why()
    {
        var page = HtmlPage.Render(SampleRuns.Run(SampleMeasurements.Unreachable()));

        Assert.Contains($"<h1 class=\"long\">{Headline.None}</h1>", page, StringComparison.Ordinal);
        Assert.Contains("the name is not known", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<svg ", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_difference_that_the_rounds_cannot_tell_is_no_headline()
    {
        var page = HtmlPage.Render(SampleRuns.Run(SampleRuns.Row(TargetIds.KestrelHttp, "fresh", 1, noise: 3), SampleRuns.Row(TargetIds.KestrelHttp, "shared", 1)));

        Assert.Contains("<h1 class=\"long\">Whether reusing one HttpClient is faster", page, StringComparison.Ordinal);
        Assert.Contains("no difference shown", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_result_gives_the_same_bytes_whatever_the_culture()
    {
        var before = CultureInfo.CurrentCulture;
        var first = HtmlPage.Render(SamplePages.Everything());
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = ",", NegativeSign = "!" } };

            Assert.Equal(first, HtmlPage.Render(SamplePages.Everything()));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void It_stands_beside_the_report()
    {
        var files = FullReport.Render(SamplePages.Everything());

        Assert.Equal(HtmlPage.Render(SamplePages.Everything()), Assert.Single(files, file => file.Path == "report.html").Text);
        Assert.Equal(Report.Render(SamplePages.Everything()), files.Where(file => file.Path != HtmlPage.Name));
    }

    private static string Hash(MatchCollection found) =>
        $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Assert.Single(found).Groups[1].Value)))}'";

    [GeneratedRegex("http-equiv=\"Content-Security-Policy\" content=\"([^\"]*)\"")]
    private static partial Regex Policy();

    [GeneratedRegex("<style>(.*?)</style>", RegexOptions.Singleline)]
    private static partial Regex Style();

    [GeneratedRegex("<script>(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex Script();

    [GeneratedRegex("<script type=\"application/json\" id=\"data\">(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex Data();

    // A pattern is filled with one of the same picture.
    [GeneratedRegex("<svg .*?</svg>", RegexOptions.Singleline)]
    private static partial Regex Pictures();

    [GeneratedRegex("<tr><th>.*?</tr>", RegexOptions.Singleline)]
    private static partial Regex Lines();

    [GeneratedRegex("<header.*?</header>", RegexOptions.Singleline)]
    private static partial Regex Top();
}
