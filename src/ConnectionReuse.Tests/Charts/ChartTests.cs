using System.Xml.Linq;
using ConnectionReuse.Reporting.Charts;
using ConnectionReuse.Reporting.Rows;
using ConnectionReuse.Results;
using ConnectionReuse.Tests.Pages;
using ConnectionReuse.Tests.Reporting;
using Xunit;
using static ConnectionReuse.Tests.Charts.SampleMeasurements;

namespace ConnectionReuse.Tests.Charts;

public sealed class ChartTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    public static TheoryData<string> Names => [.. All().Keys];

    [Fact]
    public void The_figures_of_every_chart_are_those_of_its_rows() =>
        Golden.Holds("../../Charts/Golden/figures.txt", string.Join('\n', All().Values.Select(chart => $"{chart.Name}: {chart.Title}\n{chart.Alternative}\n")));

    [Fact]
    public void The_picture_is_the_one_that_was_looked_at() =>
        Golden.Holds("../../Charts/Golden/comparison-light.svg", All()["comparison"].Render(ChartTheme.Light));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_chart_has_an_opaque_background_and_says_in_words_what_it_shows(string name)
    {
        foreach (var theme in ChartTheme.All)
        {
            var root = XDocument.Parse(All()[name].Render(theme)).Root!;
            var background = root.Elements(Svg + "rect").First();

            Assert.Equal("img", (string)root.Attribute("role")!);
            Assert.Equal(All()[name].Title, (string)root.Element(Svg + "title")!);
            Assert.Equal((string)root.Attribute("aria-labelledby")!, $"{root.Element(Svg + "title")!.Attribute("id")!.Value} {root.Element(Svg + "desc")!.Attribute("id")!.Value}");
            Assert.Equal(All()[name].Alternative, (string)root.Element(Svg + "desc")!);
            Assert.NotEmpty(All()[name].Alternative);
            Assert.Equal(theme.Background, (string)background.Attribute("fill")!);
            Assert.Equal(((string)root.Attribute("width")!, (string)root.Attribute("height")!), ((string)background.Attribute("width")!, (string)background.Attribute("height")!));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Light_and_dark_differ_in_colours_only(string name)
    {
        var (light, dark) = (XDocument.Parse(All()[name].Render(ChartTheme.Light)), XDocument.Parse(All()[name].Render(ChartTheme.Dark)));

        Assert.Equal(Colourless(light), Colourless(dark));
    }

    [Fact]
    public void What_has_no_times_has_no_chart()
    {
        var groups = RowGroup.Of(Unreachable());

        Assert.Null(ComparisonChart.Of(groups, []));
        Assert.Null(PhasesChart.Of(groups));
        Assert.Null(DistributionChart.Of(groups));
        Assert.Null(RttChart.Of(RttSeries.Of(groups, [])));
        Assert.Null(AmortisationChart.Of(groups, []));
        Assert.Null(HistoryChart.Of("kestrel-http", [new HistorySeries("fresh", [new HistoryPoint("2026-01-02 0123456", null, [], false)])]));
    }

    [Fact]
    public void A_ratio_that_holds_one_is_no_difference()
    {
        var file = SampleRuns.Run(SampleRuns.Row(TargetIds.KestrelHttp, "fresh", 1, noise: 3), SampleRuns.Row(TargetIds.KestrelHttp, "shared", 1));

        var chart = ComparisonChart.Of(RowGroup.Of(file.Rows), file.Ratios)!;

        Assert.Contains("no difference shown</text>", chart.Render(ChartTheme.Light), StringComparison.Ordinal);
        Assert.Contains("no difference to reuse shown", chart.Alternative, StringComparison.Ordinal);
    }

    [Fact]
    public void A_title_too_long_for_its_panel_goes_on_in_a_second_line()
    {
        var run = SamplePages.WithCalls(SampleRuns.Run(SampleRuns.KestrelHttps()));
        var url = "https://example.org/a-path-so of-words-that-nobody-reads-to-their-end";
        RowGroup[] groups = [.. RowGroup.Of(run.Rows.Select(row => row with { Target = TargetIds.Real, Url = url }))];

        var texts = XDocument.Parse(DistributionChart.Of([.. groups, .. groups])!.Render(ChartTheme.Light)).Descendants(Svg + "text").Select(text => text.Value).ToArray();

        Assert.Equal(2, texts.Count(text => text.StartsWith("real https://example.org/", StringComparison.Ordinal)));
        Assert.Equal(2, texts.Count(text => text.StartsWith("of-words-", StringComparison.Ordinal)));
    }

    [Fact]
    public void Letters_that_XML_does_not_know_do_not_break_the_picture()
    {
        var file = SampleRuns.Run(
            SampleRuns.Row(TargetIds.KestrelHttp, "fresh", 1),
            SampleRuns.Empty(TargetIds.KestrelHttp, "shared", RowStatus.Failed, "a <b> & \0 \ud800"));

        var root = XDocument.Parse(ComparisonChart.Of(RowGroup.Of(file.Rows), file.Ratios)!.Render(ChartTheme.Light));

        Assert.Contains("a <b> & ", root.Root!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void The_models_curve_comes_near_its_limit_and_never_above()
    {
        var series = Assert.Single(Series(), one => one.Name == "kestrel-https, fresh");

        Assert.Equal(2, series.ExtraRoundTrips);
        Assert.Equal([1, 10, 50, 200], series.Points.Select(point => point.RttMilliseconds));
        Assert.InRange(series.ModelAt(1e6), 2.99, 3);
        Assert.Equal(1, series.ModelAt(0));
    }

    [Fact]
    public void Loopback_is_the_first_point_of_the_series_of_the_same_clients()
    {
        var links = SampleRuns.Run([.. OverLinks(), .. Local()]);
        var groups = RowGroup.Of(links.Rows).ToLookup(group => group.Rows[0].Link is not null);

        var series = RttSeries.Of(groups[true], links.Ratios, groups[false]);

        Assert.Equal([0, 1, 10, 50, 200], Assert.Single(series, one => one.Name == "kestrel-https, fresh").Points.Select(point => point.RttMilliseconds));
        Assert.Equal([1, 10, 50, 200], Assert.Single(series, one => one.Name == "kestrel-http, fresh").Points.Select(point => point.RttMilliseconds)); // nobody measured it on loopback
    }

    [Fact]
    public void An_axis_of_ratios_over_time_begins_at_zero()
    {
        var picture = XDocument.Parse(All()["history-kestrel-https"].Render(ChartTheme.Light));

        Assert.Equal(2, picture.Descendants(Svg + "text").Count(text => text.Value == "0x"));
    }

    [Fact]
    public void The_title_of_the_comparison_says_what_was_found() =>
        Assert.Equal("A new client costs 1.89 ms a call, a shared one 0.1534 ms (kestrel-https)", All()["comparison"].Title);

    private static Dictionary<string, Chart> All()
    {
        var local = SampleRuns.Run([.. Local(), .. Unreachable()]);
        var amortisation = SampleRuns.Run(Amortisation());
        Chart?[] charts =
        [
            ComparisonChart.Of(RowGroup.Of(local.Rows), local.Ratios),
            PhasesChart.Of(RowGroup.Of(local.Rows)),
            DistributionChart.Of(RowGroup.Of(SamplePages.WithCalls(local).Rows)),
            RttChart.Of(Series()),
            AmortisationChart.Of(RowGroup.Of(amortisation.Rows), amortisation.Ratios),
            HistoryChart.Of("kestrel-https", [new HistorySeries("fresh over shared", History(25)), new HistorySeries("fresh-full over shared", History(36))]),
        ];
        return charts.ToDictionary(chart => chart!.Name, chart => chart!);
    }

    private static IReadOnlyList<RttSeries> Series()
    {
        var links = SampleRuns.Run(OverLinks());
        return RttSeries.Of(RowGroup.Of(links.Rows), links.Ratios);
    }

    private static HistoryPoint[] History(double ratio)
    {
        HistoryPoint Point(string label, double? factor, string[] changes, bool other = false) => new(
            label,
            factor is null ? null : new ResultRatio
            {
                Target = TargetIds.KestrelHttps,
                Kind = RatioKind.Reuse,
                Slow = "fresh",
                Fast = "shared",
                Value = ratio * factor.Value,
                Low = ratio * factor.Value * 0.93,
                High = ratio * factor.Value * 1.06,
                Confidence = 0.95,
                Rounds = 5,
                SavedMillisecondsPerCall = 1,
            },
            changes,
            other);
        return
        [
            Point("2026-01-02 0123456", 1, []),
            Point("2026-02-02 1234567", 1.04, []),
            Point("2026-03-02 2345678", 1.15, [".NET 10.0.1 instead of .NET 10.0.0"]),
            Point("2026-04-02 3456789", null, []),
            Point("2026-05-02 456789a", 0.97, []),
            Point("2026-06-02 56789ab", 0.6, ["another kind of machine: 8 cores, x64, Example CPU 2", "WireMock.Net 1.26.0 instead of 1.25.0"], other: true),
            Point("2026-07-02 6789abc", 0.61, []),
        ];
    }

    private static string Colourless(XDocument document)
    {
        foreach (var attribute in document.Descendants().Attributes().Where(attribute => attribute.Name.LocalName is "fill" or "stroke"))
        {
            attribute.Value = attribute.Value.StartsWith('#') ? "#" : attribute.Value;
        }

        return document.ToString();
    }
}
