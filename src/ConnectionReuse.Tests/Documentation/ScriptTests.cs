using System.Diagnostics;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Tests.EndToEnd;
using ConnectionReuse.Tests.Faults;
using Xunit;

namespace ConnectionReuse.Tests.Documentation;

/// <summary>Both scripts do the same: they build what changed, pass arguments and exit codes on, and count tests.</summary>
public sealed class ScriptTests : IDisposable
{
    private const string BuildOfBench = "build bench -c Release -v quiet --nologo";

    private readonly StandInForDotnet _dotnet = new();

    // PowerShell takes a second to start: what it does as bash does is looked at once a week, and CI's Windows runs it for real.
    public static TheoryData<string> Both => ["run.sh", LongTests.Only(new TheoryDataRow<string>("run.ps1"))];

    [Theory]
    [InlineData("run.sh")]
    [InlineData("run.ps1")]
    public async Task Arguments_and_the_exit_code_pass_through_unchanged(string script)
    {
        string[] arguments = ["timeit", "a b", "--filter=*.Shared", "*", "--", "--keepFiles", "'quoted'", "$HOME"];

        var run = await _dotnet.RunAsync(script, arguments, ("STAND_IN_PROGRAM", "3"));

        Assert.Equal(3, run.ExitCode);
        Assert.Equal(arguments.Select(argument => $"<{argument}>"), run.Output.Split('\n', StringSplitOptions.TrimEntries));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task It_builds_at_first_and_when_a_source_changes_or_goes_and_else_not(string script)
    {
        var first = await _dotnet.RunAsync(script, ["--version"]);
        Assert.Equal("Building; the first time takes a minute.", first.Errors);
        Assert.Equal(1, Builds());

        var again = await _dotnet.RunAsync(script, ["--version"]);
        Assert.Equal("", again.Errors);
        Assert.Equal(1, Builds()); // the first build's own folders among the sources are no change

        await File.WriteAllTextAsync(Path.Combine(_dotnet.Root, "src", "Library", "Class.cs"), "changed", TestContext.Current.CancellationToken);
        await _dotnet.RunAsync(script, ["--version"]);
        Assert.Equal(2, Builds());

        File.Delete(Path.Combine(_dotnet.Root, "bench", "Program.cs"));
        await _dotnet.RunAsync(script, ["--version"]);
        Assert.Equal(3, Builds());

        int Builds() => _dotnet.Calls.Count(call => call == BuildOfBench);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task A_build_is_not_silent_for_longer_than_two_seconds(string script)
    {
        var run = _dotnet.RunAsync(script, ["--version"], ("STAND_IN_BUILD_WAITS", "1"));
        await _dotnet.UntilItBuildsAsync(TestContext.Current.CancellationToken);
        await Task.Delay(TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken);
        _dotnet.LetBuild();

        Assert.Matches(@"^Building; the first time takes a minute\.\s+\[\d+ s\] building", (await run).Errors);
        Assert.Equal((0, "<--version>"), ((await run).ExitCode, (await run).Output));
    }

    [Theory]
    [MemberData(nameof(Both))]
    [Fault("a source that does not compile, {0}", "the build's own error; tried again the next time; exit 4")]
    public async Task A_build_that_fails_says_why_and_is_tried_again(string script)
    {
        for (var attempt = 1; attempt <= 2; attempt++)
        {
            var run = await _dotnet.RunAsync(script, [], ("STAND_IN_BUILD_FAILS", "1"));

            Assert.Equal((int)ExitCode.CouldNotMeasure, run.ExitCode);
            Assert.EndsWith("error CS1002: ; expected", run.Errors, StringComparison.Ordinal);
            Assert.Equal(Enumerable.Repeat(BuildOfBench, attempt), _dotnet.Calls);
        }
    }

    [Theory]
    [MemberData(nameof(Both))]
    [Fault("no SDK, {0}", "which are there, which is wanted, and where to get it; exit 4")]
    public async Task Without_the_SDK_it_says_which_are_there_and_where_to_get_it(string script)
    {
        var run = await _dotnet.RunAsync(script, [], ("STAND_IN_NO_SDK", "A compatible .NET SDK was not found."));

        Assert.Equal((int)ExitCode.CouldNotMeasure, run.ExitCode);
        Assert.Equal("A .NET 10 SDK, 10.0.100 or newer, is needed: https://dotnet.microsoft.com/download/dotnet/10.0 (global.json wants 10.0.100; here: 8.0.404 9.0.101)", run.Errors);
        Assert.Empty(_dotnet.Calls);
    }

    [Theory]
    [MemberData(nameof(Both))]
    [Fault("dotnet does not start, {0}", "its own first line; exit 4")]
    public async Task A_dotnet_that_does_not_start_is_quoted(string script)
    {
        var run = await _dotnet.RunAsync(script, [], ("STAND_IN_NO_SDK", "Access to the path '/home/x/.dotnet' is denied."));

        Assert.Equal((int)ExitCode.CouldNotMeasure, run.ExitCode);
        Assert.Equal("dotnet does not start: Access to the path '/home/x/.dotnet' is denied.", run.Errors);
        Assert.Empty(_dotnet.Calls);
    }

    [Theory]
    [MemberData(nameof(Both))]
    [Fault("PLATFORM and its like in the environment, {0}", "they do not reach the build")]
    public async Task Variables_that_MSBuild_would_take_for_its_properties_do_not_reach_the_build(string script)
    {
        var run = await _dotnet.RunAsync(script, [], ("PLATFORM", "x64"), ("Configuration", "Debug"), ("OUTPUTPATH", "elsewhere"), ("KEPT", "yes"), ("UseSharedCompilation", ""));

        Assert.Equal(0, run.ExitCode);
        var seen = _dotnet.Environment.ToArray();
        Assert.DoesNotContain(seen, variable => variable.Split('=')[0].ToUpperInvariant() is "PLATFORM" or "CONFIGURATION" or "OUTPUTPATH");
        Assert.Contains("KEPT=yes", seen);
        Assert.Contains("MSBUILDDISABLENODEREUSE=1", seen);
        Assert.Contains("UseSharedCompilation=false", seen);
    }

    [Theory]
    [InlineData("run.sh", "", "", 0)]
    [LongTests.Row("run.sh", "1", "false", (int)ExitCode.CouldNotMeasure)]
    [LongTests.Row("run.ps1", "", "", 0)]
    [LongTests.Row("run.ps1", "1", "false", (int)ExitCode.CouldNotMeasure)]
    public async Task A_build_has_a_compiler_of_its_own_which_ends_with_it(string script, string fails, string stays, int exitCode)
    {
        var run = await _dotnet.RunAsync(script, ["--version"], ("STAND_IN_SDK", _dotnet.MakeSdk()), ("STAND_IN_BUILD_FAILS", fails), ("UseSharedCompilation", stays));

        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains("UseSharedCompilation=true", _dotnet.Environment);
        var name = _dotnet.Environment.Single(variable => variable.StartsWith("SharedCompilationId=", StringComparison.Ordinal)).Split('=')[1];
        Assert.EndsWith($" -pipename:{name}", _dotnet.Calls.Single(call => call.StartsWith("exec ", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.False(IsThere(_dotnet.Compiler));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task A_compiler_that_stays_is_used_where_the_environment_asks_for_it(string script)
    {
        await _dotnet.RunAsync(script, [], ("UseSharedCompilation", "true"));

        Assert.Contains("UseSharedCompilation=true", _dotnet.Environment);
    }

    [Theory]
    [MemberData(nameof(Both))]
    [Fault("a build puts its program elsewhere, {0}", "that it did; no old program runs; exit 4")]
    public async Task A_build_that_puts_its_program_elsewhere_is_told_and_no_old_program_runs(string script)
    {
        Assert.Equal(0, (await _dotnet.RunAsync(script, ["--version"])).ExitCode);
        await File.WriteAllTextAsync(Path.Combine(_dotnet.Root, "src", "Library", "Class.cs"), "changed", TestContext.Current.CancellationToken);

        for (var attempt = 1; attempt <= 2; attempt++)
        {
            var run = await _dotnet.RunAsync(script, ["--version"], ("STAND_IN_BUILDS_ELSEWHERE", "1"));

            Assert.Equal((int)ExitCode.CouldNotMeasure, run.ExitCode);
            Assert.Contains("The build succeeded, but put no program at ", run.Errors, StringComparison.Ordinal);
            Assert.Equal("", run.Output);
        }

        Assert.Equal("<--version>", (await _dotnet.RunAsync(script, ["--version"])).Output);
    }

    [Theory]
    [InlineData("run.sh", "run.sh")]
    [LongTests.Row("run.sh", "run.ps1")]
    [LongTests.Row("run.ps1", "run.sh")]
    [Fault("two builds at once, {0} and {1}", "the second waits and says so")]
    public async Task Of_two_builds_at_once_the_second_waits_says_so_and_need_not_build(string one, string other)
    {
        var cancelled = TestContext.Current.CancellationToken;
        var first = _dotnet.RunAsync(one, ["--version"], ("STAND_IN_BUILD_WAITS", "1"));
        await _dotnet.UntilItBuildsAsync(cancelled);

        var impatient = await _dotnet.RunAsync(other, ["--version"], ("CONNECTION_REUSE_BUILD_WAIT", "0"));
        Assert.Equal((int)ExitCode.CouldNotMeasure, impatient.ExitCode);
        Assert.Equal(
            "Another build runs in this folder: waiting for it.|The other build in this folder does not end; nothing was done.",
            string.Join('|', impatient.Errors.Split('\n', StringSplitOptions.TrimEntries)));

        var second = _dotnet.RunAsync(other, ["--version"]);
        _dotnet.LetBuild();

        Assert.Equal((0, "<--version>"), ((await first).ExitCode, (await first).Output));
        Assert.Equal((0, "<--version>"), ((await second).ExitCode, (await second).Output));
        Assert.Single(_dotnet.Calls, call => call == BuildOfBench);
    }

    [Theory]
    [InlineData("run.sh", "x%20y")]
    [LongTests.Row("run.ps1", "x%20y")]
    [InlineData("run.sh", "star*x")]
    [LongTests.Row("run.ps1", "star*x")]
    [InlineData("run.sh", "semi;colon")]
    [InlineData("run.ps1", "semi;colon")]
    [Fault("a checkout in a folder {1}, {0}", "refused in one line; exit 4")]
    public async Task A_folder_that_MSBuild_cannot_build_in_is_refused_in_one_line(string script, string folder)
    {
        using var dotnet = new StandInForDotnet(folder);

        var run = await dotnet.RunAsync(script, ["--version"]);

        Assert.Equal((int)ExitCode.CouldNotMeasure, run.ExitCode);
        Assert.Equal($"MSBuild cannot build in {dotnet.Root}: % * ? ; $( and @( are its own; move the folder or rename it", run.Errors);
        Assert.Empty(dotnet.Calls);
    }

    [Theory]
    [InlineData("run.sh", "os=linux,net=10")]
    [LongTests.Row("run.ps1", "os=linux,net=10")]
    public async Task A_folder_named_as_CI_names_its_own_will_do(string script, string folder)
    {
        using var dotnet = new StandInForDotnet(folder);

        var run = await dotnet.RunAsync(script, ["--version"]);

        Assert.Equal((0, "<--version>"), (run.ExitCode, run.Output));
    }

    [Theory]
    [InlineData("run.sh", "total=\"7\" executed=\"7\" passed=\"7\"", 0, 0, "7 passed, 0 failed, 0 skipped", 0)]
    [LongTests.Row("run.ps1", "total=\"7\" executed=\"7\" passed=\"7\"", 0, 0, "7 passed, 0 failed, 0 skipped", 0)]
    [InlineData("run.sh", "total=\"7\" executed=\"5\" passed=\"5\"", 0, 0, "5 passed, 0 failed, 2 skipped", 0)]
    [LongTests.Row("run.ps1", "total=\"7\" executed=\"5\" passed=\"5\"", 0, 0, "5 passed, 0 failed, 2 skipped", 0)]
    [InlineData("run.sh", "total=\"7\" executed=\"5\" passed=\"4\"", 1, 0, "4 passed, 1 failed, 2 skipped", 1)]
    [LongTests.Row("run.ps1", "total=\"7\" executed=\"5\" passed=\"4\"", 1, 0, "4 passed, 1 failed, 2 skipped", 1)]
    [InlineData("run.sh", "total=\"2\" executed=\"2\" passed=\"2\"", 0, 2, "2 passed, 0 failed, 0 skipped", 2)]
    [LongTests.Row("run.ps1", "total=\"2\" executed=\"2\" passed=\"2\"", 0, 2, "2 passed, 0 failed, 0 skipped", 2)]
    [InlineData("run.sh", "total=\"2\" executed=\"0\" passed=\"0\"", 0, 0, "0 passed, 0 failed, 2 skipped", 1)]
    [LongTests.Row("run.ps1", "total=\"2\" executed=\"0\" passed=\"0\"", 0, 0, "0 passed, 0 failed, 2 skipped", 1)]
    [InlineData("run.sh", "", 0, 0, "0 passed, 0 failed, 0 skipped", 1)]
    [LongTests.Row("run.ps1", "", 0, 0, "0 passed, 0 failed, 0 skipped", 1)]
    public async Task Its_test_verb_counts_tests_and_fails_with_them_or_the_style_check(string script, string counters, int test, int format, string lastLine, int exitCode)
    {
        var run = await _dotnet.RunAsync(
            script, ["test", "--filter", "a|b"],
            ("STAND_IN_COUNTERS", counters), ("STAND_IN_TEST", $"{test}"), ("STAND_IN_FORMAT", $"{format}"), ("CONNECTION_REUSE_TESTS", test == 0 ? "" : "all"));

        Assert.Equal(lastLine, run.Output.Split('\n')[^1]);
        Assert.Equal(exitCode, run.ExitCode);
        var calls = _dotnet.Calls.ToArray();
        Assert.Equal(3, calls.Length);
        Assert.Equal("build Benchmarks.sln -c Release -v quiet --nologo", calls[0]);
        Assert.StartsWith("test Benchmarks.sln -c Release --no-build --nologo --logger console;verbosity=minimal --logger trx;LogFilePrefix=tests", calls[1], StringComparison.Ordinal);
        Assert.EndsWith(" --filter a|b", calls[1], StringComparison.Ordinal);
        Assert.Equal($"format {(test == 0 ? "whitespace " : "")}Benchmarks.sln --verify-no-changes --no-restore", calls[2]);
        Assert.Empty(Directory.EnumerateFiles(_dotnet.Temporary, "*.trx", SearchOption.AllDirectories));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task Its_test_verb_names_what_failed_at_the_end(string script)
    {
        const string results = """
            <Results>
              <UnitTestResult executionId="1" testName="A.Holds" outcome="Passed" />
              <UnitTestResult executionId="2" testName="A.Breaks(text: &quot;a &lt; b&quot;)" outcome="Failed">
                <Output>
                  <ErrorInfo>
                    <Message>Assert.Equal() Failure: Values differ
            Expected: 1</Message>
                  </ErrorInfo>
                </Output>
              </UnitTestResult>
            </Results>
            """;

        var run = await _dotnet.RunAsync(
            script, ["test"],
            ("STAND_IN_RESULTS", results), ("STAND_IN_COUNTERS", "total=\"2\" executed=\"2\" passed=\"1\""), ("STAND_IN_TEST", "1"));

        Assert.Equal(
            ["failed: A.Breaks(text: \"a < b\"): Assert.Equal() Failure: Values differ", "1 passed, 1 failed, 0 skipped"],
            run.Output.Split('\n')[^2..]);
        Assert.Equal(1, run.ExitCode);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task What_is_built_for_the_tests_need_not_be_built_again(string script)
    {
        await _dotnet.RunAsync(script, ["test"]);

        var run = await _dotnet.RunAsync(script, ["--version"]);

        Assert.Equal((0, "<--version>", ""), (run.ExitCode, run.Output, run.Errors));
        Assert.DoesNotContain(BuildOfBench, _dotnet.Calls);
    }

    public void Dispose() => _dotnet.Dispose();

    private static bool IsThere(int process)
    {
        try
        {
            return !Process.GetProcessById(process).WaitForExit(TimeSpan.FromSeconds(5)); // it was told to end
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
