using ConnectionReuse.Clients;
using ConnectionReuse.Clients.Losing;
using ConnectionReuse.Reporting.Rows;
using ConnectionReuse.Reporting.Tables;
using ConnectionReuse.Results;
using Xunit;

namespace ConnectionReuse.Tests.Reporting;

public sealed class DiagnosisTableTests
{
    [Fact]
    public void Counts_are_told_for_a_hundred_calls_and_a_kept_connection_is_one()
    {
        var lines = Lines(
            Row(new UndisposedResponse(), requests: 5, carrying: 5, opened: 5),
            Row(new ServerCapsRequests(), requests: 20, carrying: 2, opened: 2),
            Row(new UnreadSmallResponse(), requests: 10, carrying: 1, opened: 0));

        Assert.Contains("|      100 |  100 |", lines[2], StringComparison.Ordinal);
        Assert.Contains("|       10 |   10 |", lines[3], StringComparison.Ordinal);
        Assert.Contains("|        1 |    1 |", lines[4], StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_seen_stands_beside_what_was_expected_even_where_they_differ() =>
        Assert.Contains("|      100 |    1 |", Lines(Row(new ClientCloses(), requests: 10, carrying: 1, opened: 0))[2], StringComparison.Ordinal);

    [Fact]
    public void Every_way_to_lose_a_connection_has_a_remedy_in_one_line() => Assert.All(
        ClientPatterns.All.Values.OfType<LosingPattern>(),
        pattern => Assert.DoesNotContain('\n', pattern.Advice!));

    [Fact]
    public void The_table_stands_below_the_times_of_its_class_and_of_no_other()
    {
        var row = Row(new ClientCloses(), requests: 10, carrying: 10, opened: 10);

        Assert.Contains("Connections per 100 calls:", TimeitTable.Render(SampleRuns.Run(row)), StringComparison.Ordinal);
        Assert.DoesNotContain("Connections per 100 calls:", TimeitTable.Render(SampleRuns.Run(row with { Parameters = RowParameters.None })), StringComparison.Ordinal);
    }

    private static string[] Lines(params ResultRow[] rows) =>
        [.. DiagnosisTable.Render(Assert.Single(RowGroup.Of(rows))).Split('\n').Where(line => line.StartsWith('|'))];

    private static ResultRow Row(ClientPattern pattern, int requests, int carrying, int opened) =>
        SampleRuns.Empty(TargetIds.KestrelHttp, pattern.Id, RowStatus.Failed) with
        {
            Parameters = new RowParameters { Class = DiagnosisTable.Class },
            Requests = requests,
            Counts = new Counts { Requests = requests, Carrying = carrying, Opened = opened },
            CountedIterations = 1,
            Declared = pattern.Declare(requests),
        };
}
