using ConnectionReuse.Bench.Timeit;
using ConnectionReuse.Connections;
using ConnectionReuse.Results;
using ConnectionReuse.Servers;
using ConnectionReuse.Tests.Faults;
using Xunit;

namespace ConnectionReuse.Tests.Timeit;

public sealed class TimeitRowsTests
{
    [Fact]
    public void A_block_in_which_the_server_closed_is_kept_and_told_as_such()
    {
        var rows = new TimeitRows(Plan(connectIsTimed: false), RowParameters.None);
        rows.Add(Block(1, opened: 0, seconds: 1));
        rows.Add(Block(2, opened: 1, seconds: 9));
        rows.Add(Block(3, opened: 0, seconds: 1));
        rows.Add(Block(4, opened: 0, seconds: 1));

        var row = Assert.Single(rows.Rows());

        Assert.Equal([1, 2, 3, 4], row.Launches.Select(launch => launch.Round));
        Assert.Equal($"{row.Counts!.Requests} calls a connection: 1 opened in {row.Counts.Requests} requests", row.Reason);
        Assert.Equal(RowStatus.Measured, row.Status);
        Assert.False(row.ReusedNothing);
    }

    [Fact]
    public void The_connect_that_is_timed_belongs_to_the_first_block_and_no_other()
    {
        var rows = new TimeitRows(Plan(connectIsTimed: true, TargetIds.KestrelHttp), RowParameters.None);
        rows.Add(Block(1, opened: 1, seconds: 2));
        rows.Add(Block(2, opened: 0, seconds: 1));
        Assert.Equal(RowStatus.Partial, Assert.Single(rows.Rows()).Status);

        rows.Add(Block(3, opened: 1, seconds: 1));
        Assert.Equal(RowStatus.Failed, Assert.Single(rows.Rows()).Status);
    }

    [Fact]
    [Fault("a block whose call failed", "no time; why")]
    public void A_block_that_failed_leaves_no_time()
    {
        var rows = new TimeitRows(Plan(connectIsTimed: false), RowParameters.None);
        rows.Add(Block(1, opened: 0, seconds: 1));
        rows.Add(new TimeitEvent
        {
            Target = 0,
            Client = "shared",
            Round = 2,
            Report = new LaunchReport { Target = TargetIds.Real, Client = "shared", Iterations = [], Failures = 1, Reason = "request 3 of 10: connection reset" },
        });

        var row = Assert.Single(rows.Rows());
        Assert.Equal((RowStatus.Failed, "request 3 of 10: connection reset"), (row.Status, row.Reason));
        Assert.Null(row.Median);
    }

    [Fact]
    public void Phases_that_could_not_be_told_leave_the_times_and_say_why()
    {
        var rows = new TimeitRows(Plan(connectIsTimed: false), RowParameters.None);
        Array.ForEach([1, 2, 3, 4], round => rows.Add(Block(round, opened: 0, seconds: 1)));
        rows.Add(new TimeitEvent { Target = 0, Client = "shared", NoPhases = "status 429 Too Many Requests" });

        var row = Assert.Single(rows.Rows());

        Assert.Equal((RowStatus.Measured, 1.0), (row.Status, row.Median));
        Assert.Equal("where its time goes is not known: status 429 Too Many Requests", row.Reason);
    }

    [Fact]
    [Fault("a block that nobody counted", "no time")]
    public void A_block_that_nobody_counted_leaves_no_time()
    {
        var rows = new TimeitRows(Plan(connectIsTimed: false), RowParameters.None);
        var block = Block(1, opened: 0, seconds: 1);
        rows.Add(block with { Report = block.Report! with { Iterations = [] } });

        var row = Assert.Single(rows.Rows());

        Assert.Equal((RowStatus.Failed, "another number of iterations was counted than timed"), (row.Status, row.Reason));
        Assert.Null(row.Median);
    }

    [Theory]
    [InlineData("fresh", 10, 0, "round 1: 10 of 10 TLS handshakes were full, not resumed")]
    [InlineData("fresh", 1, 9, "round 1: 1 of 10 TLS handshakes were full, not resumed")]
    [InlineData("fresh", 0, 10, null)]
    [InlineData("fresh-full", 9, 1, "round 1: 1 of 10 TLS handshakes were resumed, not full")]
    [InlineData("fresh-full", 10, 0, null)]
    [Fault("{0} with {1} full and {2} resumed handshakes", "{3}")]
    public void A_handshake_of_the_other_kind_leaves_no_time(string client, int full, int resumed, string? reason)
    {
        var plan = Plan(connectIsTimed: false, TargetIds.KestrelHttps) with { Repeat = 1 };
        var rows = new TimeitRows(plan with { Targets = [plan.Targets[0] with { Clients = [client] }] }, RowParameters.None);
        var block = Block(1, opened: 10, seconds: 1);
        var seen = block.Report!.Iterations[0].Counts with { Carrying = 10, Accepted = 10, FullHandshakes = full, ResumedHandshakes = resumed };
        rows.Add(block with { Client = client, Report = block.Report with { Client = client, Iterations = [new CountedIteration(seen)] } });

        var row = Assert.Single(rows.Rows());

        Assert.Equal((reason is null ? RowStatus.Measured : RowStatus.Failed, reason), (row.Status, row.Reason));
    }

    private static TimeitPlan Plan(bool connectIsTimed, string target = TargetIds.Real) => new()
    {
        Targets = [new TimeitTarget(target, new Uri("http://localhost/"), ["shared"], TargetIds.KestrelHttp)],
        WarmUp = new ServerReady(new Dictionary<string, Uri>(), 1, string.Empty),
        Requests = 10,
        Repeat = 4,
        Seed = 1,
        ConnectIsTimed = connectIsTimed,
    };

    private static TimeitEvent Block(int round, int opened, double seconds) => new()
    {
        Target = 0,
        Client = "shared",
        Round = round,
        Seconds = seconds,
        Report = new LaunchReport
        {
            Target = TargetIds.Real,
            Client = "shared",
            Iterations =
            [
                new CountedIteration(new Counts
                {
                    Requests = 10,
                    Opened = opened,
                    Carrying = 1,
                    AllocatedBytes = 1,
                    CompiledMethods = 0,
                    WireBytes = 1,
                }),
            ],
        },
    };
}
