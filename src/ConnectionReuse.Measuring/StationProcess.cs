using System.Diagnostics;
using ConnectionReuse.Processes;

namespace ConnectionReuse.Measuring;

/// <summary>A station that runs: whoever has it ends it.</summary>
internal interface IRunningStation : IAsyncDisposable
{
    /// <summary>How to talk to it.</summary>
    Station Station { get; }

    /// <summary>The system's number of its process.</summary>
    int ProcessId { get; }
}

/// <summary>A station in a process of its own.</summary>
internal sealed class StationProcess : IRunningStation
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ChildProcess _process;

    private StationProcess(ChildProcess process, string name, TimeSpan patiencePerCall, TimeProvider time)
    {
        _process = process;
        Station = new Station(name, process.Output, process.Input, Patience, time) { Complaint = process.LastWordsAsync, PatiencePerCall = patiencePerCall };
    }

    /// <inheritdoc/>
    public Station Station { get; }

    /// <inheritdoc/>
    public int ProcessId => _process.Id;

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
        return new StationProcess(ChildProcess.Start(start, name), name, patiencePerCall, time);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
