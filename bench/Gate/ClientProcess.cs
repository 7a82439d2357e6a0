using System.Diagnostics;

namespace ConnectionReuse.Bench.Gate;

/// <summary>A published build, running as a client of the gate.</summary>
public sealed class ClientProcess : IDisposable
{
    /// <summary>The program of a published build.</summary>
    public const string Program = "ConnectionReuse.Bench.dll";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private string? _complaint;

    private ClientProcess(Process process, string name, TimeProvider time)
    {
        _process = process;
        Arm = new Arm(name, process.StandardOutput, process.StandardInput, Patience, time) { Complaint = Complaint };
        process.ErrorDataReceived += (_, line) => _complaint ??= string.IsNullOrWhiteSpace(line.Data) ? null : line.Data;
        process.BeginErrorReadLine(); // or a client that complains a lot stands still
    }

    /// <summary>How to talk to it.</summary>
    public Arm Arm { get; }

    /// <summary>Starts the build on the core of the calling thread.</summary>
    /// <param name="name">The arm's name.</param>
    /// <param name="folder">The published build.</param>
    /// <param name="time">Measures patience.</param>
    public static ClientProcess Start(string name, string folder, TimeProvider time)
    {
        var start = new ProcessStartInfo(DotnetHost(), [Path.Combine(folder, Program), "gate", "--role", "client"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        return new ClientProcess(Process.Start(GateRuntime.Under(start))!, name, time);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    // The first line that the process wrote to its standard error, once all of it has arrived.
    private string? Complaint()
    {
        _process.WaitForExit(Patience);
        return _complaint;
    }

    private static string DotnetHost() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath!).Equals("dotnet", StringComparison.OrdinalIgnoreCase) ? Environment.ProcessPath! : "dotnet";
}
