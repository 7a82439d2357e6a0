using ConnectionReuse.Bench.Running;
using ConnectionReuse.Results;
using ConnectionReuse.Tests.EndToEnd;
using ConnectionReuse.Tests.Faults;
using Xunit;

namespace ConnectionReuse.Tests.Crank;

/// <summary>The program with <c>--crank</c>: however it ends, its last word is for dotnet/crank.</summary>
[Collection(nameof(TheProgram))]
public sealed class CrankOptionTests
{
    [Fact]
    public async Task Timeit_ends_with_its_result()
    {
        using var run = await ProgramRun.ToEndAsync("timeit kestrel-http --number 5 --sets 1 --repeat 1 --crank");

        Assert.Equal(ExitCode.Done, run.ExitCode);
        var block = CrankBlock.Of(run.Output);
        Assert.Equal((5, 0, 0), (block["reuse/kestrel-http/fresh/connections-opened"], block["reuse/kestrel-http/shared/connections-opened"], block["reuse/exit-code"]));
        Assert.Equal(ResultJson.Serialize(run.Result()), ResultJson.Serialize(ResultJson.Parse((string)block.Values["reuse/results"]!)));
        Assert.Contains("kestrel-http", run.Output[..run.Output.IndexOf("#StartJobStatistics", StringComparison.Ordinal)], StringComparison.Ordinal);
    }

    [Fact]
    [Fault("`--crank` and a shared client that opens a connection for each call", "the result with its failures and exit code 1, last on standard output")]
    public async Task A_comparison_that_does_not_hold_ends_with_its_result_too()
    {
        using var run = await ProgramRun.ToEndAsync("--offline --filter *KestrelHttp.Shared --fault SharedClose --launchCount 1 --requests 5 --iterationCount 1 --warmupCount 1 --crank");

        Assert.Equal(ExitCode.DoesNotHold, run.ExitCode);
        var block = CrankBlock.Of(run.Output);
        Assert.Equal(1, block["reuse/exit-code"]);
        Assert.NotEqual(0, block["reuse/kestrel-http/shared/failures"]);
    }

    [Theory]
    [InlineData("timeit --rtt soon --crank")]
    [InlineData("timeit --nonsense --crank")]
    [InlineData("--crank --offline --target https://example.org/")]
    [Fault("`./run.sh {0}`", "one line on standard error, and exit code 2 for dotnet/crank")]
    public async Task Wrong_use_is_told_too(string arguments)
    {
        var run = await RootRun.OfAsync(arguments.Split(' '));

        Assert.Equal(ExitCode.WrongUse, run.Exit);
        Assert.Single(run.Errors.Trim().Split('\n'));
        Assert.Equal(2, CrankBlock.Of(run.Output)["reuse/exit-code"]);
    }

    [Fact]
    public async Task Nobody_is_told_who_did_not_ask()
    {
        var run = await RootRun.OfAsync("timeit", "--rtt", "soon");

        Assert.Equal((ExitCode.WrongUse, ""), (run.Exit, run.Output));
    }
}
