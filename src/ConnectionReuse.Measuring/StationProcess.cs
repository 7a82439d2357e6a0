using System.Diagnostics;

namespace ConnectionReuse.Measuring;

/// <summary>A station that runs: whoever has it ends it.</summary>
internal interface IRunningStation : IDisposable
{
    /// <summary>How to talk to it.</summary>
    Station Station { get; }
}

/// <summary>A station in a process of its own.</summary>
internal sealed class StationProcess : IRunningStation
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private string? _complaint;

    private StationProcess(Process process, string name, TimeSpan patiencePerCall, TimeProvider time)
    {
        _process = process;
        Station = new Station(name, process.StandardOutput, process.StandardInput, Patience, time) { Complaint = Complaint, PatiencePerCall = patiencePerCall };
        process.ErrorDataReceived += (_, line) => _complaint ??= string.IsNullOrWhiteSpace(line.Data) ? null : line.Data;
        process.BeginErrorReadLine(); // or a station that complains a lot stands still
    }

    /// <inheritdoc/>
    public Station Station { get; }

    /// <summary>Starts it on the core of the calling thread.</summary>
    /// <param name="name">What messages call it.</param>
    /// <param name="start">The command.</param>
    /// <param name="patiencePerCall">How much longer an answer may take for each call in it.</param>
    /// <param name="time">Measures patience.</param>
    /// <exception cref="IOException">It did not start.</exception>
    public static StationProcess Start(string name, ProcessStartInfo start, TimeSpan patiencePerCall, TimeProvider time)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.UseShellExecute = false;
        return new StationProcess(Process.Start(start) ?? throw new IOException($"{name} did not start"), name, patiencePerCall, time);
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
}
