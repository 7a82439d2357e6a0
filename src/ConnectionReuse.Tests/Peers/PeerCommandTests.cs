using ConnectionReuse.Peers;
using Xunit;

namespace ConnectionReuse.Tests.Peers;

public sealed class PeerCommandTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_program_gets_its_input_and_variables_but_no_proxy()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs a POSIX shell");
        // Of all proxies the one that HttpClient, which other tests use meanwhile, does not read.
        Environment.SetEnvironmentVariable("ftp_proxy", "http://127.0.0.1:9");
        try
        {
            var command = new PeerCommand("/bin/sh", ["-c", "cat; echo \"$1\"; env; echo no >&2; exit 3", "sh", "$(id); 'x'"], Long)
            {
                Input = "typed\n",
                Environment = new Dictionary<string, string> { ["ADDED"] = "1" },
            };
            var said = await command.RunAsync(TestContext.Current.CancellationToken);

            var lines = said.Output.Split('\n');
            Assert.Equal(["typed", "$(id); 'x'"], lines[..2]);
            Assert.Contains("ADDED=1", lines);
            Assert.Equal(["NO_PROXY=*", "no_proxy=*"], lines.Where(line => line.Contains("_proxy=", StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal));
            Assert.Equal(("no\n", 3), (said.Errors, said.ExitCode));
        }
        finally
        {
            Environment.SetEnvironmentVariable("ftp_proxy", null);
        }
    }

    [Fact]
    public async Task A_program_that_reads_nothing_may_end_early()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs a POSIX shell");
        var command = new PeerCommand("/bin/sh", ["-c", "exit 5"], Long) { Input = new string('x', 1 << 20) }; // more than a pipe holds
        Assert.Equal(5, (await command.RunAsync(TestContext.Current.CancellationToken)).ExitCode);
    }

    [Fact]
    public async Task A_program_that_does_not_end_is_killed_and_reported()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs a POSIX shell");
        var command = new PeerCommand("/bin/sh", ["-c", "sleep 100"], TimeSpan.FromSeconds(0.5));
        var error = await Assert.ThrowsAsync<IOException>(() => command.RunAsync(TestContext.Current.CancellationToken));
        Assert.Equal("sh did not end within 0.5 s", error.Message);
    }

    [Fact(Timeout = 30_000)]
    public async Task Cancelling_kills_what_the_program_started_too()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "reads /proc");
        var folder = Directory.CreateTempSubdirectory("connection-reuse-test-");
        try
        {
            var note = Path.Combine(folder.FullName, "pid");
            using var cancelling = new CancellationTokenSource();
            var running = new PeerCommand("/bin/sh", ["-c", "sleep 100 & echo $! > \"$0.new\"; mv \"$0.new\" \"$0\"; wait", note], Long).RunAsync(cancelling.Token);
            while (!File.Exists(note))
            {
                await Task.Delay(10, TestContext.Current.CancellationToken);
            }

            var child = (await File.ReadAllTextAsync(note, TestContext.Current.CancellationToken)).Trim();
            Assert.Contains("sleep", await File.ReadAllTextAsync($"/proc/{child}/cmdline", TestContext.Current.CancellationToken), StringComparison.Ordinal);
            await cancelling.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
            while (IsRunning(child)) // a killed process takes a moment to go
            {
                await Task.Delay(10, TestContext.Current.CancellationToken);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_program_that_is_not_there_is_reported()
    {
        var error = await Assert.ThrowsAsync<IOException>(() =>
            new PeerCommand("/no/such/program", [], Long).RunAsync(TestContext.Current.CancellationToken));
        Assert.StartsWith("program did not start: ", error.Message, StringComparison.Ordinal);
    }

    // A killed process whose parent has not taken note of its end is left as a zombie, with an empty command line.
    private static bool IsRunning(string processId)
    {
        try
        {
            return File.ReadAllText($"/proc/{processId}/cmdline").Length > 0;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
