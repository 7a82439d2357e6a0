using System.Diagnostics;
using System.Globalization;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Results;
using ConnectionReuse.Tests.Faults;
using Xunit;

namespace ConnectionReuse.Tests.EndToEnd;

[Collection(nameof(TheProgramBeside))]
public sealed class InterruptionTests
{
    private const string Long = "--offline --filter *KestrelHttp.Shared *KestrelHttps.Shared --requests 5 --launchCount 20 --iterationCount 2 --warmupCount 1";

    // The two that BenchmarkDotNet hears too; the others take the same way through this program as in timeit, which is quicker.
    [Theory]
    [InlineData("INT")]
    [LongTests.Row("QUIT")]
    [Fault("signal {0} in the middle of a run", "complete launches are kept, every process is gone; exit 130")]
    public async Task An_interrupted_run_keeps_its_complete_launches_and_ends_its_processes(string signal)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "signals are sent with kill, children are found in /proc");
        using var run = ProgramRun.Start(Long);
        await run.UntilToldAsync("round 2 of 20");
        var children = Children(run.ProcessId);

        await EndByAsync(signal, run);

        Assert.Equal(ExitCode.Interrupted, run.ExitCode);
        var rows = run.Result().Rows;
        Assert.True(rows[0].Status == RowStatus.Partial, $"{rows[0].Status}: {rows[0].Reason}");
        Assert.InRange(rows[0].Launches.Count, 1, 19);
        Assert.Equal(RowStatus.NotRun, rows[1].Status);
        Assert.NotEmpty(children);
        Assert.All(children, child => Assert.False(Directory.Exists($"/proc/{child}"), $"process {child} is still there"));
    }

    [Theory]
    [LongTests.Row("INT")] // as in UsersEnvironmentTests
    [LongTests.Row("TERM")]
    [LongTests.Row("HUP")]
    [Fault("signal {0} in the middle of `./run.sh timeit`", "complete blocks are kept, every process is gone; exit 130")]
    public async Task Every_signal_that_asks_for_an_end_keeps_what_is_complete(string signal)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "signals are sent with kill, children are found in /proc");
        using var run = ProgramRun.Start("timeit kestrel-http --number 1000 --repeat 1000 --sets 1");
        await run.UntilToldAsync("so far");
        var children = Children(run.ProcessId);

        await EndByAsync(signal, run);

        Assert.Equal(ExitCode.Interrupted, run.ExitCode);
        Assert.Contains(run.Result().Rows, row => row.Status == RowStatus.Partial && row.Launches.Count > 0);
        Assert.NotEmpty(children);
        Assert.All(children, child => Assert.False(Directory.Exists($"/proc/{child}"), $"process {child} is still there"));
    }

    [Fact]
    [Fault("a signal that ends a child before it has begun", "an interruption; exit 130")]
    public async Task A_signal_that_ends_a_child_before_it_has_begun_is_an_interruption_too()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "signals are sent with kill, children are found in /proc");
        using var run = ProgramRun.Start("timeit kestrel-http");
        int[] children;
        while ((children = [.. Children(run.ProcessId).Where(child => RoleOf(child) is not null)]).Length == 0)
        {
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }

        using (var kill = Process.Start("kill", $"-INT {string.Join(' ', children)} {run.ProcessId}")) // as a terminal does
        {
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        await run.EndAsync();

        Assert.Equal(ExitCode.Interrupted, run.ExitCode);
        Assert.Equal("", run.Errors);
        Assert.All(children, child => Assert.False(Directory.Exists($"/proc/{child}"), $"process {child} is still there"));
    }

    [Fact]
    [Fault("the server dies in the middle of a comparison", "that it ended; what was measured is kept; exit 4")]
    public async Task A_server_process_that_dies_ends_the_run_and_keeps_what_was_measured()
    {
        LongTests.SkipUnlessAsked();
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the server process is found in /proc");
        using var run = ProgramRun.Start(Long);
        await run.UntilToldAsync("round 2 of 20");

        var server = Children(run.ProcessId).Single(child => File.ReadAllText($"/proc/{child}/cmdline").Contains("\0server\0", StringComparison.Ordinal));
        Process.GetProcessById(server).Kill();
        await run.EndAsync();

        Assert.Equal(ExitCode.CouldNotMeasure, run.ExitCode);
        Assert.StartsWith("could not measure: the server process ended", run.Errors, StringComparison.Ordinal);
        Assert.Equal(RowStatus.Partial, run.Result().Rows[0].Status);
    }

    // At whatever moment it dies: what the clients saw of it (refused, reset, half an answer) is not the reason.
    [Theory]
    [InlineData("timeit kestrel-http --number 5000 --repeat 100 --sets 1", true)]
    [LongTests.Row("transcript --number 10000", false)]
    [LongTests.Row("gate --base-dir {0} --head-dir {0} --counts --sets 1", true)]
    [Fault("the server dies under `./run.sh {0}`", "that it ended and with which exit code; exit 4")]
    public async Task A_server_process_that_dies_is_named(string arguments, bool withFolder)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the server process is found in /proc");
        using var run = ProgramRun.Start(arguments.Replace("{0}", AppContext.BaseDirectory, StringComparison.Ordinal), withFolder);
        int server;
        while ((server = Children(run.ProcessId).FirstOrDefault(child => RoleOf(child) == "server")) == 0)
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        await Task.Delay(1000, TestContext.Current.CancellationToken); // most often it serves by then
        Process.GetProcessById(server).Kill();
        await run.EndAsync();

        Assert.Equal(ExitCode.CouldNotMeasure, run.ExitCode);
        Assert.Contains("the server process ended with exit code 137", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    [Fault("Ctrl-C in a check of the memory", "every process is gone; exit 130")]
    public async Task An_interrupted_check_of_the_memory_ends_its_processes()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "signals are sent with kill, children are found in /proc");
        using var run = ProgramRun.Start("check memory --requests 100000000", withFolder: false);
        await run.UntilAsync("kestrel-http gets 100,000,000 requests");
        var children = Children(run.ProcessId);

        await EndByAsync("INT", run);

        Assert.Equal(ExitCode.Interrupted, run.ExitCode);
        Assert.NotEmpty(children);
        Assert.All(children, child => Assert.False(Directory.Exists($"/proc/{child}"), $"process {child} is still there"));
    }

    private static async Task EndByAsync(string signal, ProgramRun run)
    {
        using (var kill = Process.Start("kill", $"-{signal} {run.ProcessId}"))
        {
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        await run.EndAsync();
    }

    private static string? RoleOf(int child)
    {
        try
        {
            string[] words = File.ReadAllText($"/proc/{child}/cmdline").Split('\0');
            return Array.IndexOf(words, "role") is >= 0 and var role ? words[role + 1] : null;
        }
        catch (IOException)
        {
            return null; // it ended meanwhile
        }
    }

    private static int[] Children(int processId) => [.. Directory.GetDirectories($"/proc/{processId}/task")
        .SelectMany(task => File.ReadAllText(Path.Combine(task, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Select(child => int.Parse(child, CultureInfo.InvariantCulture))];
}
