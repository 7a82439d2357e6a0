using ConnectionReuse.Bench.Gate;
using ConnectionReuse.Clients;
using ConnectionReuse.Measuring;
using ConnectionReuse.Reporting.Gate;
using ConnectionReuse.Results;
using ConnectionReuse.Tests.Faults;
using Xunit;

namespace ConnectionReuse.Tests.Gate;

public sealed class PatternVerdictsTests
{
    private static PatternCounts Row(string target, string client, int carrying, int opened, int full = 0, int resumed = 0) =>
        new(target, client, ClientPatterns.All[client].Declare(10), new Counts { Requests = 10, Carrying = carrying, Opened = opened, Accepted = opened, FullHandshakes = full, ResumedHandshakes = resumed, AllocatedBytes = 1 }, Failure: null);

    [Fact]
    public void Rows_as_declared_share_one_line()
    {
        var row = Assert.Single(PatternVerdicts.Of([Row("kestrel-http", "fresh", 10, 10), Row("kestrel-https", "fresh", 10, 10, resumed: 10), Row("kestrel-https", "static", 1, 0)]));

        Assert.Equal((PatternVerdicts.Others, GateVerdict.Ok, true), (row.Name, row.Verdict, row.Decides));
        Assert.Equal("3 of 3 rows as declared, of 2 clients", row.Reason);
    }

    [Fact]
    public void An_upper_bound_holds_what_is_below_it() =>
        Assert.Equal(GateVerdict.Ok, Assert.Single(PatternVerdicts.Of([Row("kestrel-https", "http-1-in-flight-8", 9, 8, resumed: 8)])).Verdict);

    [Theory]
    [InlineData("static", 10, 10, 0, 10, "expected 1 connection in use and 0 opened for 10 requests; seen 10 and 10")]
    [InlineData("fresh", 10, 10, 10, 0, "10 full handshakes, declared are resumed ones")]
    [InlineData("fresh-full", 10, 10, 9, 1, "1 resumed handshakes, declared are full ones")]
    [InlineData("http-1-in-flight-8", 17, 16, 0, 16, "expected 16 connections in use and 15 opened for 10 requests; seen 17 and 16")]
    [Fault("{0} uses {1} connections and opens {2} ({3} full handshakes, {4} resumed)", "a regression")]
    public void A_row_that_deviates_is_named_and_fails(string client, int carrying, int opened, int full, int resumed, string reason)
    {
        var rows = PatternVerdicts.Of([Row("kestrel-https", client, carrying, opened, full, resumed), Row("kestrel-http", "shared", 1, 0)]);

        Assert.Equal(("kestrel-https " + client, GateVerdict.Regression, reason), (rows[0].Name, rows[0].Verdict, rows[0].Reason));
        Assert.Equal("1 of 2 rows as declared, of 2 clients", rows[1].Reason);
    }

    [Fact]
    public void A_row_whose_calls_fail_fails() =>
        Assert.Equal("its calls fail: connection refused", PatternVerdicts.Of([new PatternCounts("kestrel-http", "fresh", ClientPatterns.All["fresh"].Declare(10), Seen: null, "connection refused")])[0].Reason);

    [Fact]
    public void A_head_that_cannot_be_asked_decides_nothing()
    {
        var row = Assert.Single(PatternVerdicts.Of([]));

        Assert.Equal((GateVerdict.Inconclusive, false, "head is older than this count"), (row.Verdict, row.Decides, row.Reason));
    }

    [Fact]
    public async Task A_sweep_asks_for_what_head_has_and_goes_on_after_a_failure()
    {
        var input = new StringWriter { NewLine = "\n" };
        var head = new Station("head", new StringReader("patterns fresh shared\nfailed connection refused\nprove {\"Counts\":{\"Requests\":10,\"Carrying\":1,\"Opened\":0,\"Accepted\":0,\"FullHandshakes\":0,\"ResumedHandshakes\":0,\"AllocatedBytes\":9},\"Seconds\":0,\"CallSeconds\":[]}\n"), input, TimeSpan.FromSeconds(30), TimeProvider.System);

        var rows = await PatternSweep.RunAsync(head, [new("kestrel-http", "static"), new("kestrel-http", "fresh"), new("kestrel-http", "shared")], GuardedPatterns.Own, TestContext.Current.CancellationToken);

        Assert.Equal("patterns\nprove kestrel-http fresh 10\nprove kestrel-http shared 10\n", input.ToString());
        Assert.Equal([("kestrel-http fresh", null, "connection refused"), ("kestrel-http shared", 1, null)], rows.Select(row => (row.Name, row.Seen?.Carrying, row.Failure)));
        Assert.All(rows, row => Assert.Equal(ClientPatterns.All[row.Client].Expect(10), row.Declared.Expected));
    }

    [Fact]
    public async Task A_head_of_before_the_count_is_asked_for_nothing_more()
    {
        var head = new Station("head", new StringReader("failed not a command of the stations' protocol\n"), new StringWriter(), TimeSpan.FromSeconds(30), TimeProvider.System);

        Assert.Empty(await PatternSweep.RunAsync(head, PatternSweep.Rows, GuardedPatterns.Own, TestContext.Current.CancellationToken));
    }
}
