using ConnectionReuse.Reporting.Rows;
using ConnectionReuse.Reporting.Tables;
using ConnectionReuse.Results;
using Xunit;

namespace ConnectionReuse.Tests.Reporting;

public sealed class ConcurrencyTableTests
{
    private static readonly ResultRow Measured = SampleRuns.Row(TargetIds.KestrelHttps, "http-1-in-flight-8", 2) with
    {
        Parameters = new RowParameters { Class = ConcurrencyTable.Class },
        CallTimes = CallTimes.Of(Enumerable.Range(1, 100).Select(call => call / 1000.0)),
        Counts = new Counts { Requests = 100, Carrying = 8 },
        PoolConnectionsOpened = 9,
    };

    [Fact]
    public void Single_calls_stand_beside_the_connections_that_carried_them_and_those_that_the_pool_opened()
    {
        var cells = Cells(Measured);

        Assert.Equal(("http-1-in-flight-8", "50.0", "8", "9"), (cells[0], cells[1], cells[^2], cells[^1]));
        Assert.Equal("100", cells[3]);
    }

    [Fact]
    public void A_row_that_is_not_as_declared_shows_its_status_and_no_times()
    {
        // A column without a figure is left out.
        Assert.Equal(
            ["http-1-in-flight-8", "failed", "8", "9"],
            Cells(Measured with { Status = RowStatus.Failed, Launches = [], Median = null, Low = null, High = null }));
    }

    private static string[] Cells(ResultRow row) =>
        ConcurrencyTable.Render(Assert.Single(RowGroup.Of([row]))).Split('\n').Last(line => line.StartsWith('|')).Trim('|').Split('|', StringSplitOptions.TrimEntries);
}
