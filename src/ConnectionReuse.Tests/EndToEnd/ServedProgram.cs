using System.Diagnostics;
using System.Globalization;
using ConnectionReuse.Connections;
using ConnectionReuse.Tests.Servers;
using Xunit;

namespace ConnectionReuse.Tests.EndToEnd;

/// <summary>The program as a server for clients of other machines, ready.</summary>
internal sealed class ServedProgram : IDisposable
{
    private const string Token = "a token of the tests";

    // What is promised of its end.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private ServedProgram(ProgramRun run, int port) => (Run, Port) = (run, port);

    public ProgramRun Run { get; }

    public int Port { get; }

    public static (string Name, string Value) Secret { get; } = (ControlProtocol.TokenVariable, Token);

    /// <summary>Starts it on loopback.</summary>
    public static Task<ServedProgram> StartAsync(string targets) => StartAsync([], targets, "--bind 127.0.0.1", FreeBlock.First());

    public static async Task<ServedProgram> StartAsync(IReadOnlyList<string> under, string targets, string options, int port)
    {
        var run = ProgramRun.StartUnder(under, string.Create(CultureInfo.InvariantCulture, $"serve {targets} {options} --port {port}"), withFolder: false, Secret);
        await run.UntilAsync("Ctrl-C ends it.");
        return new ServedProgram(run, port);
    }

    /// <summary>Ends it as a service manager does.</summary>
    public async Task EndAsync()
    {
        await SendAsync("TERM", Run.ProcessId);
        await Run.EndAsync().WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    public static async Task SendAsync(string signal, int process)
    {
        using var kill = Process.Start("kill", [$"-{signal}", process.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>The process that serves.</summary>
    public int Server() => Children(Run.ProcessId).Single(child => File.ReadAllText($"/proc/{child}/cmdline").Contains("--network", StringComparison.Ordinal));

    public void Dispose() => Run.Dispose();

    private static int[] Children(int process) =>
        [.. Directory.GetDirectories($"/proc/{process}/task").SelectMany(task => File.ReadAllText(Path.Combine(task, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries)).Select(id => int.Parse(id, CultureInfo.InvariantCulture))];
}
