using System.Globalization;
using ConnectionReuse.Links;
using ConnectionReuse.Reporting.Model;
using ConnectionReuse.Reporting.Reports;
using ConnectionReuse.Results;
using ConnectionReuse.Tests.Charts;
using ConnectionReuse.Tests.Reporting;
using Xunit;

namespace ConnectionReuse.Tests.Reports;

public sealed class ReportTests
{
    [Fact]
    public void A_full_report_has_every_part_in_its_order() =>
        Golden.Holds("../../Reports/Golden/full-report.md", Page(SampleMeasurements.Everything()));

    [Fact]
    public void What_few_readers_need_is_folded()
    {
        var rest = Page(SampleMeasurements.Everything()).Split("## Everything else", 2)[1];
        var unfolded = string.Concat(rest.Split("<details>").Select((part, index) => index == 0 ? part : part.Split("</details>", 2)[1]));

        Assert.DoesNotContain("\n|", unfolded, StringComparison.Ordinal);
        Assert.Contains("\n|", rest, StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_of_little_lists_what_is_missing_with_the_command_that_measures_it() =>
        Golden.Holds("../../Reports/Golden/small-report.md", Page(SampleRuns.Run(SampleRuns.WireMockHttp())));

    [Fact]
    public void A_report_without_any_time_still_renders_with_its_reasons()
    {
        var page = Page(SampleRuns.Run(SampleMeasurements.Unreachable()));

        Assert.Contains(Headline.None, page, StringComparison.Ordinal);
        Assert.Contains("unreachable: the name is not known", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<picture>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_result_gives_the_same_bytes_whatever_the_culture()
    {
        var before = CultureInfo.CurrentCulture;
        var first = Report.Render(SampleMeasurements.Everything());
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = ",", NegativeSign = "!" } };

            Assert.Equal(first, Report.Render(SampleMeasurements.Everything()));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void A_report_can_be_rendered_from_its_own_result_file()
    {
        var files = Report.Render(SampleMeasurements.Everything());
        var result = ResultJson.Parse(files.Single(file => file.Path == Report.ResultName).Text);

        Assert.Equal(files, Report.Render(result));
    }

    [Fact]
    public void Every_file_that_the_page_names_is_in_the_report()
    {
        var files = Report.Render(SampleMeasurements.Everything());
        var page = files.Single(file => file.Path == Report.PageName).Text;

        Assert.Equal(6 + 2 * 4, files.Count);
        Assert.All(files.Where(file => file.Path != Report.PageName), file => Assert.Contains(file.Path, page, StringComparison.Ordinal));
    }

    [Fact]
    public void A_difference_inside_the_noise_is_undecided()
    {
        var page = Page(SampleRuns.Run(SampleRuns.Row(TargetIds.KestrelHttp, "fresh", 1, noise: 3), SampleRuns.Row(TargetIds.KestrelHttp, "shared", 1)));

        Assert.Contains("**Whether reusing one HttpClient is faster", page, StringComparison.Ordinal);
        Assert.Matches(@"\| fresh +\| +\S+ \| +undecided \|", page);
    }

    [Fact]
    public void Reuse_that_is_slower_is_said_to_be()
    {
        var file = SampleRuns.Run(SampleRuns.Row(TargetIds.KestrelHttp, "fresh", 1), SampleRuns.Row(TargetIds.KestrelHttp, "shared", 2));

        Assert.StartsWith("Reusing one HttpClient is 2.00x slower than a new one per call (95% interval 2.00-2.00; HTTP, loopback", Headline.Of(file), StringComparison.Ordinal);
    }

    [Fact]
    public void The_headline_is_of_the_plain_comparison_or_names_its_options()
    {
        ResultRow[] http2 = [.. new[] { SampleRuns.Row(TargetIds.KestrelHttps, "fresh", 9), SampleRuns.Row(TargetIds.KestrelHttps, "shared", 1) }
            .Select(row => row with { Parameters = new RowParameters { Http = "2.0" } })];

        Assert.Contains("; HTTPS, loopback, bare Kestrel, http 2.0, 2 cores)", Headline.Of(SampleRuns.Run(http2)), StringComparison.Ordinal);
        Assert.Contains("; HTTP, loopback, WireMock.Net, 2 cores)", Headline.Of(SampleRuns.Run([.. http2, .. SampleRuns.WireMockHttp()])), StringComparison.Ordinal);
    }

    [Fact]
    public void Commands_are_quoted_and_do_not_say_where_a_run_wrote_to()
    {
        var file = SampleRuns.Run(SampleRuns.WireMockHttp());
        file = file with { Runs = [.. ((string[])["--filter *WireMock* --out <path>", "--offline", "timeit --documented --json x.json"]).Select(line => SampleRuns.Comparison with { CommandLine = line })] };

        Assert.Contains("```\n./run.sh --filter '*WireMock*'\n./run.sh --offline\n./run.sh timeit --documented\n./run.sh publish\n```", Page(file), StringComparison.Ordinal);
    }

    [Fact]
    public void Parameters_and_targets_that_nobody_knows_break_nothing()
    {
        var odd = SampleRuns.Row("other-target", "other-client", 1) with { Parameters = new RowParameters { Case = "blue|green", Class = "Colours" } };
        var bare = SampleRuns.Row("other-target", "shared", 1) with { Parameters = new RowParameters { Job = "many" } };

        var page = Page(SampleRuns.Run(odd, bare));

        Assert.Contains("<details><summary>Colours (loopback)</summary>\n", page, StringComparison.Ordinal);
        Assert.Contains("**blue\\|green**", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_question_has_a_table_of_its_own_and_a_local_target_no_port_whatever_this_machine_can_serve()
    {
        var http3 = SampleRuns.Row(TargetIds.KestrelHttp3, "shared", 1) with { Parameters = new RowParameters { Class = "Protocols", Case = "HTTP/3, TLS 1.3" } };
        var body = SampleRuns.Row(TargetIds.KestrelHttps, "shared", 1) with { Parameters = new RowParameters { Class = "Payloads", Case = "0 kB down" } };
        var overLink = body with
        {
            Parameters = new RowParameters { Class = "PayloadsOverLink", Case = "0 kB down", Link = new ResultLink { RttMilliseconds = 50, ServerTimeMilliseconds = 0 } },
        };

        var page = Page(SampleRuns.Run(http3, body, overLink));

        Assert.Matches(@"### Protocols \(loopback\)\n\n.*\n.*\n\| \*\*HTTP/3, TLS 1.3\*\* .*\n\| shared", page);
        Assert.Matches(@"<summary>Payloads \(loopback\)</summary>\n\n.*\n.*\n\| \*\*0 kB down\*\* ", page);
        Assert.Matches(@"<summary>PayloadsOverLink \(emulated\)</summary>\n\n.*\n.*\n\| \*\*0 kB down\*\* ", page);
    }

    [Fact]
    public void A_table_of_several_cases_has_their_handshakes_and_the_network_no_other_tools()
    {
        var page = Page(SampleMeasurements.Everything());
        string Between(string from, string to) => page[page.IndexOf(from, StringComparison.Ordinal)..page.IndexOf(to, StringComparison.Ordinal)];
        var (network, clients) = (Between("## The network", "## Where a call's time goes"), Between("## Clients compared", "## Everything else"));

        Assert.Matches(@"\| client +\| ms/call \| +reuse is \| +saves \| connections \| TLS handshakes \|", network);
        Assert.DoesNotContain("curl", network, StringComparison.Ordinal);
        Assert.Matches(@"### Other tools\n\n(\|.*\n)+\| curl-fresh ", clients);
    }

    [Fact]
    public void Big_bodies_over_a_link_stand_in_the_table_of_the_limit()
    {
        ResultRow OverLink(string client, double milliseconds) => SampleRuns.Row(TargetIds.KestrelHttps, client, milliseconds) with
        {
            Parameters = new RowParameters { Class = "PayloadsOverLink", Case = "1024 kB down", Link = new ResultLink { RttMilliseconds = 50, ServerTimeMilliseconds = 0 } },
            Counts = new Counts { Requests = 1, WireBytes = 1_030_919 },
        };
        var run = SampleRuns.Run(OverLink("fresh", 454), OverLink("shared", 53.8));

        var page = Page(run with { Ratios = [.. run.Ratios.Select(ratio => RatioModels.Of(ratio, run.Rows, LinkModel.SlowStartRoundTrips))] });

        Assert.Matches(@"\| kestrel-https, case 1024 kB down fresh +\| +2 \+ 6 \|", page);
    }

    private static string Page(ResultFile file) => Report.Render(file).Single(one => one.Path == Report.PageName).Text;
}
