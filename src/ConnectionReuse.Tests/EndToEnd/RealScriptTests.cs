using ConnectionReuse.Bench.Running;
using ConnectionReuse.Tests.Documentation;
using Xunit;

namespace ConnectionReuse.Tests.EndToEnd;

/// <summary>The scripts of this repository, with the real build and the real program.</summary>
[Collection(nameof(TheProgramBeside))]
public sealed class RealScriptTests
{
    public static TheoryData<string> Both => [.. Scripts.Names];

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Its_verbs_are_the_programs(string script)
    {
        var version = await RunAsync(script, "--version");
        var help = await RunAsync(script, "--help");
        var verb = await RunAsync(script, "timeit", "--help");
        var wrong = await RunAsync(script, "--nothing-is-called-so");

        Assert.Equal((int)ExitCode.Done, version.ExitCode);
        Assert.Matches(@"^\d+\.\d+\.\d+", version.Output);
        Assert.Equal((int)ExitCode.Done, help.ExitCode);
        Assert.Contains("Examples:", help.Output, StringComparison.Ordinal);
        Assert.Equal((int)ExitCode.Done, verb.ExitCode);
        Assert.Contains("--documented", verb.Output, StringComparison.Ordinal);
        Assert.Equal((int)ExitCode.WrongUse, wrong.ExitCode);
        Assert.StartsWith("--nothing-is-called-so is not an option", wrong.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', wrong.Errors);
    }

    // One test that starts nothing: this one would start itself.
    [Theory]
    [MemberData(nameof(Both))]
    public async Task Its_test_verb_runs_the_tests_that_a_filter_picks(string script)
    {
        LongTests.SkipUnlessAsked();

        var run = await RunAsync(script, "test", "--filter", $"FullyQualifiedName~{nameof(LicenceTests)}.{nameof(LicenceTests.The_repository_is_under_the_MIT_licence)}");

        Assert.Equal("1 passed, 0 failed, 0 skipped", run.Output.Split('\n')[^1]);
        Assert.Equal(0, run.ExitCode);
    }

    private static Task<ScriptRun> RunAsync(string script, params string[] arguments) => Scripts.RunAsync(Path.Combine(Source.Repository, script), arguments);
}
