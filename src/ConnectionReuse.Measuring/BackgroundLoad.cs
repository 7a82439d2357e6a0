using System.Diagnostics;
using System.Text.Json;
using ConnectionReuse.Processes;

namespace ConnectionReuse.Measuring;

/// <summary>Other processes that keep the machine busy by fits and starts, free to run on any core.</summary>
internal sealed class BackgroundLoad : IAsyncDisposable
{
    private static readonly TimeSpan Fit = TimeSpan.FromMilliseconds(300);

    private readonly ChildProcess[] _processes;

    private BackgroundLoad(ChildProcess[] processes) => _processes = processes;

    /// <summary>What such a station is told first: it has nobody to call.</summary>
    public static string Setup { get; } = JsonSerializer.Serialize(new StationSetup { Targets = new Dictionary<string, StationTarget>() }, StationJson.Default.StationSetup);

    /// <summary>Starts some stations that do nothing else.</summary>
    /// <param name="start">The command of a station.</param>
    /// <param name="processes">How many.</param>
    public static BackgroundLoad Start(Func<ProcessStartInfo> start, int processes) => new([.. Enumerable.Range(0, processes).Select(_ =>
    {
        var one = start();
        one.RedirectStandardInput = true;
        one.RedirectStandardOutput = true;
        var process = ChildProcess.Start(one, "the load");
        process.Input.WriteLine(Setup);
        process.Input.WriteLine(StationProtocol.Load);
        process.Input.Flush();
        return process;
    })]);

    /// <summary>What such a station does, until its input ends.</summary>
    public static void Work(TextReader input)
    {
        var ended = Task.Run(input.ReadToEnd); // on a thread of its own: reading the console blocks
        while (!ended.IsCompleted)
        {
            var start = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(start) < Fit)
            {
            }

            Thread.Sleep(Fit);
        }
    }

    /// <summary>To be asked before what was measured beside the load is told.</summary>
    /// <exception cref="IOException">One of the processes has ended: there was less load than was said.</exception>
    public void ThrowIfEnded()
    {
        foreach (var process in _processes)
        {
            process.ThrowIfEnded();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
        {
            await process.DisposeAsync();
        }
    }
}
