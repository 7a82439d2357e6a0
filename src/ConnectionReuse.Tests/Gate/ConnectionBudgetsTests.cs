using ConnectionReuse.Reporting.Gate;
using ConnectionReuse.Results;
using ConnectionReuse.Tests.Faults;
using Xunit;

namespace ConnectionReuse.Tests.Gate;

/// <summary>Counts held against a project's budgets.</summary>
public sealed class ConnectionBudgetsTests
{
    private static readonly Declaration Declared = new() { Statement = "orders", Reuses = true };

    [Fact]
    public void A_client_within_its_budget_passes_and_another_one_fails()
    {
        var budgets = ConnectionBudgets.Parse("""{ "calls": 20, "clients": { "orders": { "connections": 1, "bytesPerRequest": 500 } } }""");

        var within = budgets.Judge([Seen(carrying: 1, opened: 0, bytes: 20 * 499)]);
        var beyond = budgets.Judge([Seen(carrying: 20, opened: 20, bytes: 20 * 501)]);

        Assert.Equal(20, budgets.Calls);
        Assert.All(within, row => Assert.Equal(GateVerdict.Ok, row.Verdict));
        Assert.Equal("1 connection for 20 calls, 1 allowed", within[0].Reason);
        Assert.All(beyond, row => Assert.Equal(GateVerdict.Regression, row.Verdict));
        Assert.Equal(["20 connections for 20 calls, 1 allowed", "501 B per call, 500 B allowed"], beyond.Select(row => row.Reason));
    }

    [Fact]
    public void Bytes_that_have_no_budget_are_not_judged_and_calls_that_fail_are()
    {
        var budgets = ConnectionBudgets.Parse("""{ "clients": { "orders": { "connections": 2 } } }""");

        Assert.Equal(GateMeasure.Connections, Assert.Single(budgets.Judge([Seen(carrying: 2, opened: 2, bytes: 1)])).Measure);
        var failed = Assert.Single(budgets.Judge([new PatternCounts(TargetIds.KestrelHttp, "orders", Declared, Seen: null, "status 404")]));
        Assert.Equal((GateVerdict.Regression, "its calls fail: status 404"), (failed.Verdict, failed.Reason));
    }

    [Theory]
    [InlineData("{}", "clients: no client has a budget")]
    [InlineData("""{ "clients": { "orders": { "connections": 0 } } }""", "clients: 'orders': connections is a whole number from 1 up, bytesPerRequest a number above 0")]
    [InlineData("""{ "clients": { "orders": { "connections": 1, "bytesPerRequest": -1 } } }""", "clients: 'orders': connections is a whole number from 1 up, bytesPerRequest a number above 0")]
    [InlineData("""{ "calls": 1, "clients": { "orders": { "connections": 1 } } }""", "calls: a number from 2 to 10000")]
    [Fault("a budget file: {0}", "{1}")]
    public void What_is_no_budget_is_refused(string json, string reason) =>
        Assert.Equal(reason, Assert.Throws<FormatException>(() => ConnectionBudgets.Parse(json)).Message);

    [Theory]
    [InlineData("""{ "clients": { "orders": { "conections": 1 } } }""")]
    [InlineData("no JSON")]
    public void A_member_that_nobody_knows_is_refused_in_one_line(string json) =>
        Assert.DoesNotContain('\n', Assert.Throws<FormatException>(() => ConnectionBudgets.Parse(json)).Message);

    private static PatternCounts Seen(long carrying, long opened, long bytes) => new(
        TargetIds.KestrelHttp, "orders", Declared, new Counts { Requests = 20, Carrying = carrying, Opened = opened, AllocatedBytes = bytes }, Failure: null);
}
