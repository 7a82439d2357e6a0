using ConnectionReuse.Clients;
using ConnectionReuse.Reporting.Reports;
using ConnectionReuse.Reporting.Tables;
using ConnectionReuse.Results;
using ConnectionReuse.Tests.Reporting;
using Xunit;

namespace ConnectionReuse.Tests.Reports;

/// <summary>A result file says everything itself: one whose client patterns this program does not have is shown like any other.</summary>
public sealed class UnknownPatternsTests
{
    private const string Remedy = "keep the carrier";

    private static ResultFile File { get; } = SampleRuns.Run(
        Row("pigeon", 20, "new Pigeon().Fetch(url)", reuses: false, requests: 100) with
        {
            Declared = Declared("new Pigeon().Fetch(url)", reuses: false) with { Reference = "loft", Floor = "bare-pigeon", Remedy = Remedy },
        },
        Row("loft", 2, "loft.Fetch(url)", reuses: true, requests: 100),
        Row("bare-pigeon", 10, "Fly()", reuses: false, requests: 100) with { Declared = Declared("Fly()", reuses: false) with { IsFloor = true } });

    [Fact]
    public void The_patterns_are_none_of_ours() => Assert.DoesNotContain(File.Rows, row => ClientPatterns.All.ContainsKey(row.Client));

    [Fact]
    public void The_table_shows_their_statements_ratios_and_remedies()
    {
        var table = TimeitTable.Render(ResultJson.Parse(ResultJson.Serialize(File)));

        Assert.Contains("- pigeon: `new Pigeon().Fetch(url)`", table, StringComparison.Ordinal);
        Assert.Contains(Remedy, table, StringComparison.Ordinal);
        Assert.Equal(
            [("pigeon", "loft", RatioKind.Reuse, 10d), ("pigeon", "bare-pigeon", RatioKind.Floor, 2d)],
            File.Ratios.Select(ratio => (ratio.Slow, ratio.Fast, ratio.Kind, Math.Round(ratio.Value, 9))));
    }

    [Fact]
    public void The_report_shows_them_and_no_question_mark_stands_for_one()
    {
        var page = Assert.Single(Report.Render(ResultJson.Parse(ResultJson.Serialize(File))), file => file.Path == "report.md").Text;

        Assert.Contains("new Pigeon().Fetch(url)", page, StringComparison.Ordinal);
        Assert.Contains("loft.Fetch(url)", page, StringComparison.Ordinal);
        Assert.DoesNotContain("| ? ", page, StringComparison.Ordinal);
    }

    private static ResultRow Row(string client, double milliseconds, string statement, bool reuses, int requests)
    {
        var row = SampleRuns.Row("kestrel-http", client, milliseconds);
        return row with
        {
            Requests = requests,
            Declared = Declared(statement, reuses),
            Counts = row.Counts! with { Opened = reuses ? 0 : requests, Accepted = reuses ? 0 : requests, Carrying = reuses ? 1 : requests },
        };
    }

    private static Declaration Declared(string statement, bool reuses) => new()
    {
        Statement = statement,
        Reuses = reuses,
        Expected = reuses ? new ConnectionExpectation(1, 0) : new ConnectionExpectation(100, 100),
    };
}
