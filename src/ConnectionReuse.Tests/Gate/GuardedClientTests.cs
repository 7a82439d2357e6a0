using ConnectionReuse.Bench.Running;
using ConnectionReuse.Results;
using ConnectionReuse.Tests.EndToEnd;
using ConnectionReuse.Tests.Faults;
using Xunit;

namespace ConnectionReuse.Tests.Gate;

/// <summary>The gate over clients of somebody else's, without a fork: the abstractions' example, compiled twice.</summary>
[Collection(nameof(TheProgramBeside))]
public sealed class GuardedClientTests : IDisposable
{
    private readonly UsersBuild _builds = new();

    public void Dispose() => _builds.Dispose();

    [Fact]
    public async Task A_head_that_makes_a_client_per_call_is_found_and_an_equal_one_is_not()
    {
        LongTests.SkipUnlessAsked();
        var order = _builds.Write("order.json", """{"id":5}""");
        _builds.Compile("old", UsersBuild.Code);
        _builds.Compile("same", UsersBuild.Code);
        _builds.Compile("new", UsersBuild.ClientPerCall);

        using var equal = await GateAsync("same", order);
        using var worse = await GateAsync("new", order);

        Assert.True(equal.ExitCode == ExitCode.Done, equal.Errors + equal.Output);
        Assert.Equal(ExitCode.DoesNotHold, worse.ExitCode);
        var found = ResultFiles.Read(Path.Combine(worse.Folder.FullName, "gate.json")).Gate!;
        Assert.Equal(("old", "new"), (found.Base, found.Head));
        Assert.Equal(
            ["kestrel-http orders-client", "kestrel-https orders-client"],
            found.Rows.Where(row => row is { Measure: GateMeasure.Connections, Verdict: GateVerdict.Regression }).Select(row => row.Name));
    }

    // One beyond its budget is in GateActionTests.
    [Fact]
    public async Task A_build_within_its_budget_needs_no_base()
    {
        LongTests.SkipUnlessAsked();
        var order = _builds.Write("order.json", """{"id":5}""");
        var budgets = _builds.Write("connections.json", """{ "calls": 20, "clients": { "orders-client": { "connections": 1 } } }""");

        using var within = await ProgramRun.ToEndAsync($"gate --counts --connections {budgets} --patterns {_builds.Compile("old", UsersBuild.Code)} --respond {order}");

        Assert.True(within.ExitCode == ExitCode.Done, within.Errors + within.Output);
    }

    [Theory]
    [InlineData("--patterns x.dll", "--patterns is an assembly in two folders: name them with --base-dir and --head-dir, or a budget with --connections")]
    [InlineData("--connections x.json", "--connections is about counts: add --counts")]
    [InlineData("--connections x.json --counts --base HEAD", "--base belongs to a comparison of two builds; --connections holds one against a file")]
    [InlineData("--connections x.json --counts", "--connections x.json: no such file")]
    [InlineData("--respond x.json", "--respond answers clients of yours: name their assembly with --patterns")]
    [Fault("gate {0}", "{1}")]
    public async Task Options_that_go_together_say_so(string arguments, string answer)
    {
        Assert.Equal(answer, await RootRun.RefusalAsync($"gate {arguments}"));
    }

    private Task<ProgramRun> GateAsync(string head, string order) => ProgramRun.ToEndAsync(
        $"gate --base-dir {Path.Combine(_builds.Folder.FullName, "old")} --head-dir {Path.Combine(_builds.Folder.FullName, head)} --patterns {UsersBuild.File} --respond {order} --counts --sets 1");
}
