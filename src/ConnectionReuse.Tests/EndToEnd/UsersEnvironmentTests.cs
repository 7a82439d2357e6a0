using System.Diagnostics;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Processes;
using ConnectionReuse.Results;
using ConnectionReuse.Tests.Faults;
using ConnectionReuse.Tests.Reporting;
using Xunit;

namespace ConnectionReuse.Tests.EndToEnd;

/// <summary>What the user's environment says reaches no client and no server, but where the user wants it to.</summary>
[Collection(nameof(TheProgramBeside))]
public sealed class UsersEnvironmentTests
{
    // Each of them would fail a row, or change what it is.
    private static readonly (string Name, string Value)[] Hostile =
    [
        ("Kestrel__Limits__MaxRequestHeaderCount", "0"),
        ("Kestrel__Limits__KeepAliveTimeout", "00:00:00.001"),
        ("ASPNETCORE_URLS", "http://localhost:1"),
        ("DOTNET_SYSTEM_NET_SECURITY_DISABLETLSRESUME", "1"),
        ("DOTNET_gcServer", "1"),
        ("COMPlus_TieredCompilation", "0"),
    ];

    [Fact]
    [Fault("variables of the runtime, the host and Kestrel in the environment", "they reach no process, and it says so")]
    public async Task A_comparison_measures_the_same_whatever_the_environment_says()
    {
        LongTests.SkipUnlessAsked();
        using var run = await ProgramRun.ToEndAsync(
            "--offline --filter *WireMockHttps.Fresh *WireMockHttps.Shared --requests 5 --launchCount 1 --iterationCount 2 --warmupCount 1 --envVars DOTNET_gcConcurrent:0", Hostile);

        Assert.True(run.ExitCode == ExitCode.Done, run.Output + run.Errors);
        Assert.All(run.Result().Rows, row => Assert.Equal(RowStatus.Measured, row.Status));
        Assert.Equal(5, run.Result().Rows[0].PerIteration(counts => counts.ResumedHandshakes));
        Assert.Equal([.. RuntimeSettings.Words(PassedOn.Nothing), "DOTNET_gcConcurrent=0"], run.Result().Environment.RuntimeSettings);
        Assert.Equal(
            [.. Hostile.Select(variable => variable.Name).Where(name => name != "ASPNETCORE_URLS").Order(StringComparer.Ordinal)
                .Select(name => $"{name} is not passed on: it would change what is measured; use --envVars to do so deliberately")],
            run.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    [Theory]
    [InlineData("timeit kestrel-http --number 1000 --repeat 1000 --sets 1 --envVars DOTNET_TieredPGO:1", "so far")]
    [LongTests.Row("--offline --filter *KestrelHttp.Shared --launchCount 1000 --requests 5 --iterationCount 1000 --envVars DOTNET_TieredPGO:1", "round 1 of 1000")]
    public async Task Clients_and_servers_have_the_suite_s_variables_and_those_that_are_passed_on(string arguments, string begun)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the environment of a process is read in /proc");
        using var run = ProgramRun.Start(arguments, [.. Hostile, ("LANG", "de_DE.UTF-8"), ("DOTNET_ReadyToRun", "0")]);
        await run.UntilToldAsync(begun);

        var children = await ChildrenAsync(run.ProcessId);
        using (var kill = Process.Start("kill", $"-INT {run.ProcessId}"))
        {
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        await run.EndAsync();

        Assert.Equal(ExitCode.Interrupted, run.ExitCode);
        Assert.All(children, variables =>
        {
            Assert.DoesNotContain(variables, variable => Hostile.Any(hostile => variable.StartsWith($"{hostile.Name}=", StringComparison.Ordinal)));
            Assert.DoesNotContain(variables, variable => variable.StartsWith("DOTNET_ReadyToRun=", StringComparison.Ordinal));
            Assert.Contains("DOTNET_TieredPGO=1", variables);
            Assert.All(RuntimeSettings.OfEveryProcess.Where(setting => setting.Name != "DOTNET_TieredPGO"), setting => Assert.Contains($"{setting.Name}={setting.Value}", variables));
        });
    }

    // Every process takes the one culture as it starts, of whichever verb it is.
    [Theory]
    [InlineData("de_DE.UTF-8", "timeit kestrel-http --requests 5 --sets 1")]
    [LongTests.Row("tr_TR.UTF-8", "--offline --filter *KestrelHttp.Fresh *KestrelHttp.Shared --requests 5 --launchCount 1 --iterationCount 2 --warmupCount 1")]
    [Fault("the locale {0} for `./run.sh {1}`", "what is written in every other locale")]
    public async Task A_locale_changes_nothing_that_is_written(string locale, string arguments)
    {
        using var run = await ProgramRun.ToEndAsync(arguments, ("LANG", locale), ("LC_ALL", locale), ("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "0"));
        Assert.SkipWhen(run.Errors.Contains("ICU", StringComparison.Ordinal), "libicu is not installed, so that no process has another culture");

        Assert.True(run.ExitCode == ExitCode.Done, run.Output + run.Errors);
        Assert.Empty(run.Errors);
        Assert.All(run.Result().Rows, row => Assert.Equal(RowStatus.Measured, row.Status));
        Assert.DoesNotMatch("[0-9],[0-9]", run.Output);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("compare {0} {0}")]
    public async Task What_measures_nothing_says_nothing_of_the_environment(string arguments)
    {
        var published = Directory.GetDirectories(Golden.Repository("results/published"))[0];
        using var run = ProgramRun.Start(arguments.Replace("{0}", published, StringComparison.Ordinal), withFolder: false, ("DOTNET_TieredCompilation", "0"));
        await run.EndAsync();

        Assert.Equal((ExitCode.Done, string.Empty), (run.ExitCode, run.Errors));
    }

    [Fact]
    [Fault("no row can be run", "the cause; exit 4")]
    public async Task Rows_that_were_not_run_end_the_run_with_their_cause()
    {
        LongTests.SkipUnlessAsked();
        var folder = Directory.CreateTempSubdirectory("connection-reuse-test-");
        try
        {
            var program = ProgramCopy.To(Path.Combine(folder.FullName, "program"));
            File.Delete(Path.ChangeExtension(program, ".deps.json")); // the program runs without it, but the benchmarks' own cannot be built
            var start = new ProcessStartInfo("dotnet",
            [
                program, "--offline", "--filter", "*KestrelHttp.Fresh", "*KestrelHttp.Shared", "--requests", "5", "--out", Path.Combine(folder.FullName, "results"),
            ]);

            var said = await ChildProcess.RunAsync(start, "the program", TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);

            Assert.Equal((int)ExitCode.CouldNotMeasure, said.ExitCode);
            var line = Assert.Single(said.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => !ProgramRun.IsProgress(line));
            Assert.StartsWith("could not measure: the program of the benchmarks could not be built beside this one: ", line, StringComparison.Ordinal);
            Assert.Contains("deps.json", line, StringComparison.Ordinal);
            var rows = ResultFiles.Read(Path.Combine(folder.FullName, "results", "latest", "results.json")).Rows;
            Assert.All(rows, row => Assert.Equal((RowStatus.NotRun, line["could not measure: ".Length..].TrimEnd()), (row.Status, row.Reason)));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // A server, and at least one client.
    private static async Task<IReadOnlyList<string[]>> ChildrenAsync(int parent)
    {
        while (true)
        {
            string[][] children = [.. Directory.GetDirectories($"/proc/{parent}/task")
                .SelectMany(thread => Read($"{thread}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries)).Distinct()
                .Where(child => Measures(Read($"/proc/{child}/cmdline")))
                .Select(child => Read($"/proc/{child}/environ").Split('\0', StringSplitOptions.RemoveEmptyEntries)).Where(variables => variables.Length > 0)];
            if (children.Length >= 2)
            {
                return children;
            }

            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    // Neither git, nor a process that is still about to become something else.
    private static bool Measures(string command) =>
        command.Contains("\0role\0", StringComparison.Ordinal) || command.Contains("ConnectionReuse.Bench-", StringComparison.Ordinal);

    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (IOException)
        {
            return string.Empty; // it has ended meanwhile
        }
    }
}
