using System.Diagnostics;

namespace ConnectionReuse.Measuring;

/// <summary>Other processes that keep the machine busy by fits and starts, free to run on any core.</summary>
internal sealed class BackgroundLoad : IDisposable
{
    private static readonly TimeSpan Fit = TimeSpan.FromMilliseconds(300);

    private readonly Process[] _processes;

    private BackgroundLoad(Process[] processes) => _processes = processes;

    /// <summary>Starts some stations that do nothing else.</summary>
    /// <param name="start">The command of a station.</param>
    /// <param name="processes">How many.</param>
    public static BackgroundLoad Start(Func<ProcessStartInfo> start, int processes) => new([.. Enumerable.Range(0, processes).Select(_ =>
    {
        var one = start();
        one.RedirectStandardInput = true;
        one.RedirectStandardOutput = true;
        one.UseShellExecute = false;
        var process = Process.Start(one)!;
        process.StandardInput.WriteLine("""{"Targets":{}}""");
        process.StandardInput.WriteLine(StationProtocol.Load);
        process.StandardInput.Flush();
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

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var process in _processes)
        {
            process.Kill();
            process.Dispose();
        }
    }
}
