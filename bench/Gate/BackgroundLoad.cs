using System.Diagnostics;
using ConnectionReuse.Bench.Running;

namespace ConnectionReuse.Bench.Gate;

/// <summary>Another process that keeps the machine busy by fits and starts, free to run on any core.</summary>
public sealed class BackgroundLoad : IDisposable
{
    private static readonly TimeSpan Fit = TimeSpan.FromMilliseconds(300);

    private readonly Process _process;

    private BackgroundLoad(Process process) => _process = process;

    /// <summary>Starts it.</summary>
    public static BackgroundLoad Start()
    {
        var start = Self.Start(["gate", "--role", "load"]);
        start.RedirectStandardInput = true;
        return new BackgroundLoad(Process.Start(start)!);
    }

    /// <summary>What that process runs, until its input ends.</summary>
    public static async Task ServeAsync(TextReader input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var ended = Task.Run(input.ReadToEnd); // on a thread of its own: reading the console blocks
        while (!ended.IsCompleted)
        {
            var start = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(start) < Fit)
            {
            }

            await Task.WhenAny(ended, Task.Delay(Fit));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }
}
