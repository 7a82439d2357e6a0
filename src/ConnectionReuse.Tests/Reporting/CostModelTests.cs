using ConnectionReuse.Clients;
using ConnectionReuse.Reporting.Model;
using ConnectionReuse.Reporting.Rows;
using ConnectionReuse.Reporting.Tables;
using ConnectionReuse.Results;
using Xunit;

namespace ConnectionReuse.Tests.Reporting;

public sealed class CostModelTests
{
    [Fact]
    public void Times_that_follow_the_model_give_it_back()
    {
        var model = CostModel.Fit([.. ((int[])[1, 2, 5, 10, 100, 1000]).Select(requests => (requests, 0.002 + (requests * 0.0001)))])!;

        Assert.Equal(0.002, model.SetupSeconds, 1e-12);
        Assert.Equal(0.0001, model.RequestSeconds, 1e-12);
        Assert.Equal(0.012, model.Seconds(100), 1e-12);
    }

    [Fact]
    public void A_long_client_does_not_drown_a_short_one()
    {
        var model = CostModel.Fit([(1, 1.0), (1, 1.0), (1000, 1000.0), (1000, 1100.0)])!;

        Assert.InRange(model.Seconds(1), 0.999, 1.001);
        Assert.InRange(model.Seconds(1000), 1000, 1100);
    }

    [Fact]
    public void One_number_of_requests_tells_no_two_prices_apart() => Assert.Null(CostModel.Fit([(5, 1.0), (5, 1.1)]));

    [Fact]
    public void The_table_shows_each_point_its_fit_and_its_residual()
    {
        var rows = new ClientPattern[] { new PerClient1(), new PerClient10(), new PerClient100() }.Select(pattern => Row((PerClient)pattern)).ToArray();

        Assert.Equal(
            """
            A client of n requests takes setup + n x request = 2.00 ms + n x 0.100 ms (relative least squares; worst residual 0.0%):

            | requests per client | ms/client | fitted | residual | ms/call |
            | ------------------: | --------: | -----: | -------: | ------: |
            |                   1 |      2.10 |   2.10 |    +0.0% |    2.10 |
            |                  10 |      3.00 |   3.00 |    +0.0% |   0.300 |
            |                 100 |      12.0 |   12.0 |    +0.0% |   0.120 |

            """.ReplaceLineEndings("\n"),
            AmortisationTable.Render(Assert.Single(RowGroup.Of(rows))));
    }

    [Fact]
    public void Without_times_there_is_no_table() => Assert.Empty(AmortisationTable.Render(
        Assert.Single(RowGroup.Of([SampleRuns.Empty(TargetIds.KestrelHttps, "per-client-1", RowStatus.NotRun)]))));

    private static ResultRow Row(PerClient pattern)
    {
        var requests = pattern.RequestsFor(100);
        var seconds = requests / pattern.RequestsPerClient!.Value * (0.002 + (pattern.RequestsPerClient.Value * 0.0001));
        return (SampleRuns.Empty(TargetIds.KestrelHttps, pattern.Id, RowStatus.Measured) with
        {
            Requests = requests,
            Launches = [new Launch(1, [seconds])],
        }).WithFigures();
    }
}
