using System.Diagnostics;
using System.IO.Pipes;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Tests.Faults;
using Xunit;

namespace ConnectionReuse.Tests.Running;

public sealed class GuardedProcessTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_guarded_ends_with_its_own_exit_code()
    {
        await using var guard = Guard("exit 3");
        Assert.Equal(3, await guard.End);
    }

    [Fact(Timeout = 60_000)]
    [Fault("the gate is killed while it builds", "the build ends with it")]
    public async Task What_is_guarded_ends_with_all_that_it_started_when_the_input_closes()
    {
        await using var folder = TemporaryFolder.Create("test");
        var file = Path.Combine(folder.FullName, "started");
        await using var guard = Guard($"sleep 100 & echo $! > {file}.new; mv {file}.new {file}; wait");
        while (!File.Exists(file))
        {
            await Task.Delay(10, Cancelled);
        }

        guard.Close();

        Assert.Equal((int)ExitCode.Interrupted, await guard.End);
        var grandchild = (await File.ReadAllTextAsync(file, Cancelled)).Trim();
        while (File.Exists($"/proc/{grandchild}/cmdline") && (await File.ReadAllTextAsync($"/proc/{grandchild}/cmdline", Cancelled)).Length > 0)
        {
            await Task.Delay(10, Cancelled); // a killed process takes a moment to go
        }
    }

    private static Guarded Guard(string script)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs a POSIX shell and /proc");
        return new Guarded(new ProcessStartInfo("/bin/sh", ["-c", script]));
    }

    private sealed class Guarded : IAsyncDisposable
    {
        private readonly AnonymousPipeServerStream _parent = new(PipeDirection.Out);
        private readonly StreamReader _input;

        public Guarded(ProcessStartInfo command)
        {
            _input = new StreamReader(new AnonymousPipeClientStream(PipeDirection.In, _parent.ClientSafePipeHandle));
            using var writer = new StreamWriter(_parent, leaveOpen: true);
            writer.WriteLine(GuardedProcess.Line(command));
            writer.Flush();
            End = GuardedProcess.GuardAsync(_input, Cancelled);
        }

        public Task<int> End { get; }

        public void Close() => _parent.Dispose();

        public async ValueTask DisposeAsync()
        {
            Close();
            await End;
            _input.Dispose();
        }
    }
}
