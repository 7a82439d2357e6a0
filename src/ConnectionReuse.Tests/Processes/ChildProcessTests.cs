using System.Diagnostics;
using ConnectionReuse.Processes;
using ConnectionReuse.Tests.Faults;
using Xunit;

namespace ConnectionReuse.Tests.Processes;

public sealed class ChildProcessTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(0.5);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_process_answers_line_by_line_until_its_input_closes()
    {
        await using var child = Shell("while read line; do echo \"got $line\"; done; exit 4");
        await child.WriteLineAsync("one", Cancelled);
        Assert.Equal("got one", await child.ReadLineAsync(Long, Cancelled));
        await child.WriteLineAsync("two", Cancelled);
        Assert.Equal("got two", await child.ReadLineAsync(Long, Cancelled));
        child.ThrowIfEnded();

        await child.StopAsync(Long);
        Assert.Equal(4, await child.ExitCodeAsync(Long, Cancelled));
        Assert.Equal("the shell ended with exit code 4", Assert.Throws<IOException>(child.ThrowIfEnded).Message);
    }

    [Fact]
    [Fault("a child process dies", "its exit code and its last words")]
    public async Task The_death_of_a_process_is_told_with_its_exit_code_and_its_last_words()
    {
        await using var child = Shell("echo >&2; echo no port is free >&2; echo and more >&2; exit 3");
        var error = await Assert.ThrowsAsync<IOException>(() => child.ReadLineAsync(Long, Cancelled));
        Assert.Equal("the shell ended with exit code 3: no port is free", error.Message);
    }

    [Fact]
    public async Task Writing_to_a_process_that_has_ended_tells_of_its_death_too()
    {
        await using var child = Shell("exit 3");
        await child.ExitCodeAsync(Long, Cancelled);
        var error = await Assert.ThrowsAsync<IOException>(() => child.WriteLineAsync("hello", Cancelled));
        Assert.Equal("the shell ended with exit code 3: it said nothing", error.Message);
    }

    [Fact]
    [Fault("a child process stays silent", "it is killed; its last words")]
    public async Task A_process_that_stays_silent_is_killed_and_told_of_with_its_last_words()
    {
        await using var child = Shell("echo waiting for a port >&2; exec sleep 100");
        var error = await Assert.ThrowsAsync<IOException>(() => child.ReadLineAsync(Short, Cancelled));
        Assert.Equal("the shell did not answer within 0.5 s: waiting for a port", error.Message);
        Assert.Throws<IOException>(child.ThrowIfEnded);
    }

    [Fact]
    [Fault("a child process does not stop", "it is killed")]
    public async Task A_process_that_does_not_stop_when_its_input_closes_is_killed()
    {
        await using var child = Shell("exec sleep 100");
        await child.StopAsync(Short);
        Assert.Equal("the shell ended with exit code 137", Assert.Throws<IOException>(child.ThrowIfEnded).Message); // 128 + SIGKILL
    }

    [Fact]
    public async Task Cancelling_ends_a_wait_without_an_error_of_the_process()
    {
        await using var child = Shell("exec sleep 100");
        using var cancelling = new CancellationTokenSource();
        var answer = child.ReadLineAsync(Long, cancelling.Token);
        var end = child.ExitCodeAsync(Long, cancelling.Token);
        await cancelling.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => end);
        child.ThrowIfEnded();
    }

    [Fact(Timeout = 30_000)]
    public async Task Disposing_leaves_nothing_of_what_the_process_started()
    {
        var child = Shell("sleep 100 & echo $!; wait");
        var grandchild = int.Parse(await child.ReadLineAsync(Long, Cancelled), System.Globalization.CultureInfo.InvariantCulture);
        Process.GetProcessById(grandchild).Dispose();
        await child.DisposeAsync();
        while (IsRunning(grandchild)) // a killed process takes a moment to go
        {
            await Task.Delay(10, Cancelled);
        }
    }

    [Fact]
    [Fault("a child process complains more than a pipe holds", "it does not stand still")]
    public async Task A_process_that_complains_more_than_a_pipe_holds_does_not_stand_still()
    {
        await using var child = Shell("i=0; while [ $i -lt 20000 ]; do echo a complaint >&2; i=$((i+1)); done; echo done");
        Assert.Equal("done", await child.ReadLineAsync(Long, Cancelled));
    }

    [Fact]
    [Fault("a program that is not there", "its name")]
    public void A_program_that_is_not_there_is_named()
    {
        var error = Assert.Throws<IOException>(() => ChildProcess.Start(new ProcessStartInfo("/no/such/program"), "the tool"));
        Assert.StartsWith("the tool did not start: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_whole_run_is_told_by_exit_code_output_and_errors()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs a POSIX shell");
        var said = await ChildProcess.RunAsync(new("/bin/sh", ["-c", "cat; echo no >&2; exit 3"]), "the shell", Long, Cancelled, "typed\n");
        Assert.Equal((3, "typed\n", "no\n", "no"), (said.ExitCode, said.Output, said.Errors, said.LastWords));
    }

    private static ChildProcess Shell(string script)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs a POSIX shell");
        return ChildProcess.Start(
            new("/bin/sh", ["-c", script]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true }, "the shell");
    }

    // A killed process whose parent has not taken note of its end is left as a zombie.
    private static bool IsRunning(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return !process.HasExited && !(OperatingSystem.IsLinux() && File.ReadAllText($"/proc/{id}/cmdline").Length == 0);
        }
        catch (Exception e) when (e is ArgumentException or IOException)
        {
            return false;
        }
    }
}
