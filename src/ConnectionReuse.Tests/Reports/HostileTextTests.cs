using System.Text.RegularExpressions;
using System.Xml.Linq;
using ConnectionReuse.Reporting.Gate;
using ConnectionReuse.Reporting.Reports;
using ConnectionReuse.Reporting.SideBySide;
using ConnectionReuse.Results;
using ConnectionReuse.Tests.Faults;
using ConnectionReuse.Tests.Reporting;
using Xunit;

namespace ConnectionReuse.Tests.Reports;

/// <summary>Text that a server, a URL or a machine chose is shown in every format and is nothing else in any.</summary>
public sealed partial class HostileTextTests
{
    private const string Hostile = "a|b `c` <script>alert(1)</script> <img src=x onerror=y> [d](javascript:e)\r\n\n# heading\n```\n\u001b[31m\u202Ered @someone \\| end";

    private static readonly ResultFile File = SampleRuns.Run(
    [
        SampleRuns.Row(TargetIds.KestrelHttp, "fresh", 1) with { Phases = SampleRuns.FreshPhases },
        SampleRuns.Row(TargetIds.KestrelHttp, "shared", 0.2),
        SampleRuns.Empty(TargetIds.KestrelHttp, "fresh-full", RowStatus.Failed, Hostile),
        SampleRuns.Row(TargetIds.KestrelHttp, Hostile, 2) with { Phases = SampleRuns.SharedPhases },
        SampleRuns.Row(TargetIds.Real, "fresh", 100) with { Url = $"https://example.org/{Hostile}", Parameters = new RowParameters { Url = $"https://example.org/{Hostile}" } },
        Of("fresh", Hostile, Hostile),
        Of("shared", Hostile, Hostile),
        Of("fresh", "LosingReuse", null),
    ]) with
    {
        Environment = SampleRuns.Environment with { Cpu = Hostile, Runtime = Hostile, Placement = Hostile, RuntimeSettings = [Hostile] },
        Runs = [SampleRuns.Comparison with { CommandLine = Hostile }],
    };

    public static TheoryData<string> Pages => [.. AllPages().Keys];

    [Theory]
    [MemberData(nameof(Pages))]
    [Fault("markup in the texts of a result, in {0}", "it is shown, not obeyed")]
    public void A_page_shows_it_and_does_not_obey_it(string name)
    {
        var page = AllPages()[name];
        var words = Span().Replace(Block().Replace(page, ""), ""); // what is code is shown as it is

        Assert.DoesNotContain("<script", words, StringComparison.Ordinal);
        Assert.DoesNotContain("<img src=x", words, StringComparison.Ordinal);
        Assert.DoesNotContain("[d](", words, StringComparison.Ordinal);
        Assert.DoesNotContain("@someone", words, StringComparison.Ordinal);
        Assert.DoesNotContain("\n# heading", page, StringComparison.Ordinal);
        Assert.DoesNotContain(page, letter => letter != '\n' && PlainText.IsControl(letter));
        Assert.Contains("&lt;script&gt;alert(1)", words, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_line_of_a_table_has_the_cells_of_its_heading(string name)
    {
        var cells = 0;
        foreach (var line in AllPages()[name].Split('\n'))
        {
            var bars = line.StartsWith('|') ? Bar().Count(line) : 0;
            Assert.True(bars == 0 || cells == 0 || bars == cells, line);
            cells = bars;
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_block_of_code_is_closed(string name) =>
        Assert.Equal(0, AllPages()[name].Split('\n').Count(line => line.StartsWith("```", StringComparison.Ordinal)) % 2);

    [Fact]
    public void A_chart_is_a_picture_without_a_script()
    {
        var charts = Report.Render(File).Where(file => file.Path.EndsWith(".svg", StringComparison.Ordinal)).ToArray();

        Assert.NotEmpty(charts);
        Assert.All(charts, chart =>
        {
            var picture = XDocument.Parse(chart.Text);
            Assert.DoesNotContain(picture.Descendants(), element => element.Name.LocalName is "script" or "img");
            Assert.DoesNotContain(chart.Text, letter => letter != '\n' && PlainText.IsControl(letter));
        });
    }

    [Theory]
    [InlineData("=HYPERLINK(1)", "'=HYPERLINK(1)")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\u001b[31mred", " [31mred")]
    [InlineData("plain = text", "plain = text")]
    [Fault("the reason {0} in a CSV file", "{1}")]
    public void A_cell_of_the_CSV_files_is_no_formula_and_moves_no_cursor(string reason, string cell) => Assert.Contains(
        $",failed,{cell},100,",
        CsvExport.Rows(SampleRuns.Run(SampleRuns.Empty(TargetIds.KestrelHttp, "fresh", RowStatus.Failed, reason))),
        StringComparison.Ordinal);

    [Fact]
    public void A_reports_folder_is_where_it_should_be()
    {
        var name = Machine.ReportName(File with { Environment = File.Environment with { Commit = "../../x", Architecture = "x/../..", Os = "Linux" } });

        Assert.Equal("2026-01-02-x-linux-x-2", name.Replace("-dirty", "", StringComparison.Ordinal));
    }

    private static ResultRow Of(string client, string name, string? @case)
    {
        var row = SampleRuns.Row(TargetIds.KestrelHttps, client, client == "fresh" ? 1 : 0.2);
        return row with
        {
            Parameters = new RowParameters { Class = name, Case = @case },
            Declared = row.Declared with { Statement = Hostile, Remedy = client == "fresh" ? Hostile : null, Tool = client == "fresh" ? new DeclaredTool(Hostile, true, true) : null },
        };
    }

    private static Dictionary<string, string> AllPages()
    {
        var findings = new GateFindings
        {
            Base = Hostile,
            Head = Hostile,
            Rows = [new GateRow { Name = Hostile, Measure = GateMeasure.Connections, Verdict = GateVerdict.Regression, Reason = Hostile }, new GateRow { Name = Hostile, Measure = GateMeasure.Connections, Verdict = GateVerdict.Inconclusive, Reason = Hostile }],
        };
        var shorter = File with { Rows = [.. File.Rows.Skip(1)], Ratios = [], Environment = SampleRuns.Environment };
        return new Dictionary<string, string>
        {
            ["report"] = Text(Report.PageName),
            ["timeit"] = Text(Report.TimeitName),
            ["gate"] = GateTable.Render(File with { Gate = findings }),
            ["inconclusive gate"] = GateTable.Render(File with { Gate = findings with { Rows = [.. findings.Rows.Skip(1)] } }),
            ["side by side"] = SideBySideTable.Render(ResultComparer.Of(new NamedResult(Hostile, File), new NamedResult(Hostile, shorter), across: true, failAbove: 0)),
            ["history"] = History.Render([new PublishedReport(Hostile, Report.PageName, File), new PublishedReport("b", Report.PageName, shorter), new PublishedReport("c", Report.PageName, null, Hostile)])
                .Single(file => file.Path == History.PageName).Text,
        };

        string Text(string path) => Report.Render(File).Single(file => file.Path == path).Text;
    }

    [GeneratedRegex("^(`{3,})[^\\n]*\\n.*?^\\1$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"(?<![`\\])(`+)(?!`).*?(?<!`)\1(?!`)")]
    private static partial Regex Span();

    // A bar that no backslash escapes.
    [GeneratedRegex(@"(?<!\\)(?:\\\\)*\|")]
    private static partial Regex Bar();
}
