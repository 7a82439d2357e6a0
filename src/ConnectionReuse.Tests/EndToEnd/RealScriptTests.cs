using ConnectionReuse.Bench.Running;
using ConnectionReuse.Tests.Documentation;
using ConnectionReuse.Tests.Faults;
using Xunit;

namespace ConnectionReuse.Tests.EndToEnd;

/// <summary>The scripts of this repository, with the real build and the real program.</summary>
[Collection(nameof(TheProgramBeside))]
public sealed class RealScriptTests
{
    public static TheoryData<string> Both => ["run.sh", LongTests.Only(new TheoryDataRow<string>("run.ps1"))];

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Its_verbs_are_the_programs(string script)
    {
        var verb = await RunAsync(script, "timeit", "--help");
        var wrong = await RunAsync(script, "--nothing-is-called-so");

        Assert.Equal((int)ExitCode.Done, verb.ExitCode);
        Assert.Contains("Usage: ./run.sh timeit", verb.Output, StringComparison.Ordinal);
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

    [Fact]
    [Fault("a clone in a folder named `a,b=c`", "it builds and runs")]
    public async Task It_builds_in_a_folder_with_a_comma_and_an_equals_sign()
    {
        LongTests.SkipUnlessAsked();
        await using var temporary = TemporaryFolder.Create("test");
        var clone = Path.Combine(temporary.FullName, "a,b=c");
        Copy(new DirectoryInfo(Source.Repository), clone);

        var run = await Scripts.RunAsync(Path.Combine(clone, "run.sh"), ["--version"]);

        Assert.True(run.ExitCode == (int)ExitCode.Done, run.Output + run.Errors);
        Assert.Matches(@"^\d+\.\d+\.\d+", run.Output);
    }

    // What is built elsewhere stays there, and so do results and the repository's own files.
    private static void Copy(DirectoryInfo from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in from.EnumerateFiles())
        {
            file.CopyTo(Path.Combine(to, file.Name));
        }

        foreach (var folder in from.EnumerateDirectories().Where(folder => folder.Name is not ("bin" or "obj" or "results" or ".git")))
        {
            Copy(folder, Path.Combine(to, folder.Name));
        }
    }

    private static Task<ScriptRun> RunAsync(string script, params string[] arguments) => Scripts.RunAsync(Path.Combine(Source.Repository, script), arguments);
}
