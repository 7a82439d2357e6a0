using ConnectionReuse.Bench.Comparing;
using ConnectionReuse.OutOfPorts;
using ConnectionReuse.Results;
using ConnectionReuse.Tests.Reporting;
using Xunit;

namespace ConnectionReuse.Tests.Comparing;

public sealed class ExhaustionVerdictTests
{
    private static readonly ExhaustionReport Exhausted = new(Ports: 200, FreshCalls: 199, FreshConnections: 199, FreshOpened: 199, "Cannot assign requested address", TimeWait: 199, SharedCalls: 199, SharedPorts: 1, SharedOpened: 0, FreshSeconds: 0.04, SharedSeconds: 0.005);

    private static ResultRow Of(string client, params ExhaustionReport[] reports) =>
        ExhaustionVerdict.Of(SampleRuns.Empty("kestrel-http", client, RowStatus.NotRun, "not yet"), client == "shared", reports);

    [Fact]
    public void Fresh_clients_fail_when_no_port_is_left_and_that_is_what_the_row_is_about()
    {
        var row = Of("fresh", Exhausted);

        Assert.Equal((RowStatus.Measured, 199, 199), (row.Status, row.Requests, row.PerIteration(counts => counts.Opened)));
        Assert.Equal("call 200 failed with 200 ports to take: Cannot assign requested address; 199 sockets in TIME_WAIT", row.Reason);
    }

    [Fact]
    public void Each_round_gives_each_client_its_time()
    {
        var slower = Exhausted with { FreshSeconds = 0.05, SharedSeconds = 0.006 };

        Assert.Equal([[0.04], [0.05]], Of("fresh", Exhausted, slower).Launches.Select(launch => launch.IterationSeconds));
        Assert.Equal([[0.005], [0.006]], Of("shared", Exhausted, slower).Launches.Select(launch => launch.IterationSeconds));
        Assert.Equal(0.045, Of("fresh", Exhausted, slower).Median!.Value, 6);
    }

    [Fact]
    public void A_round_that_found_another_number_of_ports_gives_no_time()
    {
        var row = Of("fresh", Exhausted, Exhausted with { FreshCalls = 198, FreshConnections = 198, FreshOpened = 198, FreshSeconds = 0.03 }, Exhausted with { FreshSeconds = 0.05 });

        Assert.Equal((RowStatus.Measured, 199), (row.Status, row.Requests));
        Assert.Equal([1, 3], row.Launches.Select(launch => launch.Round));
    }

    [Fact]
    public void A_round_that_did_not_show_it_fails_the_row_and_leaves_it_without_a_time()
    {
        var row = Of("fresh", Exhausted, Exhausted with { Failure = null });

        Assert.Equal((RowStatus.Failed, null), (row.Status, row.Median));
        Assert.Equal("round 2: no call failed, though there were only 200 ports", row.Reason);
    }

    [Fact]
    public void Fresh_clients_that_never_fail_show_nothing_and_fail_the_row()
    {
        var row = Of("fresh", Exhausted with { Failure = null });

        Assert.Equal((RowStatus.Failed, "round 1: no call failed, though there were only 200 ports"), (row.Status, row.Reason));
    }

    [Fact]
    public void Fresh_clients_that_shared_connections_fail_the_row()
    {
        var row = Of("fresh", Exhausted with { FreshConnections = 3, FreshOpened = 2 });

        Assert.Equal((RowStatus.Failed, "round 1: 199 calls on 3 connections, 2 of them opened for them", 3), (row.Status, row.Reason, row.PerIteration(counts => counts.Carrying)));
    }

    [Fact]
    public void A_shared_client_that_opened_another_connection_fails_its_row() =>
        Assert.Equal(RowStatus.Failed, Of("shared", Exhausted with { SharedOpened = 1 }).Status);

    [Theory]
    [InlineData(1, RowStatus.Measured, "199 calls on 1 port, while no other was free")]
    [InlineData(2, RowStatus.Failed, "round 1: 199 calls on 2 ports, while no other was free")]
    public void The_shared_client_must_do_with_one_port(int ports, RowStatus status, string reason)
    {
        var row = Of("shared", Exhausted with { SharedPorts = ports });

        Assert.Equal((status, reason, 199), (row.Status, row.Reason, row.Requests));
    }
}
