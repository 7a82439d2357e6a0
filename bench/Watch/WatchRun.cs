using System.Text.Json;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Results;
using Spectre.Console;

namespace ConnectionReuse.Bench.Watch;

/// <summary>Watches an application until the user, the time or the application ends it.</summary>
/// <param name="process">The application.</param>
/// <param name="duration">How long; null for as long as it runs.</param>
/// <param name="json">A file for the report; null for none.</param>
/// <param name="console">Where it is shown.</param>
/// <param name="time">The clock.</param>
internal sealed class WatchRun(WatchedProcess process, TimeSpan? duration, string? json, IAnsiConsole console, TimeProvider time)
{
    /// <summary>Watches.</summary>
    /// <returns><see cref="ExitCode.Done"/> whatever the verdicts; <see cref="ExitCode.Inconclusive"/> where there was no call.</returns>
    /// <exception cref="UserException">The application does not let itself be watched, or the file cannot be written.</exception>
    public async Task<ExitCode> RunAsync(CancellationToken interrupted)
    {
        var ledger = new WatchLedger();
        await using var events = await EventPipeEvents.StartAsync(process, ledger.Add, interrupted);
        var (startedAt, start) = (time.GetUtcNow(), time.GetTimestamp());
        var output = console.Profile.Out.Writer;
        await output.WriteLineAsync($"watching {process.Name} ({process.Id}), .NET {process.Runtime}; {(duration is null ? "Ctrl-C ends it" : "Ctrl-C ends it sooner")}");
        var end = WaitAsync(events, interrupted);
        await new WatchView(console, time).WhileAsync(ledger.Counts, end);
        await events.StopAsync();
        var report = new WatchReport
        {
            Application = process.Name,
            ProcessId = process.Id,
            Runtime = process.Runtime,
            StartedAt = startedAt,
            Seconds = time.GetElapsedTime(start).TotalSeconds,
            EndedBy = await end,
            EventsLost = events.Lost,
            Counts = ledger.Counts(),
        };
        await output.WriteLineAsync();
        await output.WriteAsync(WatchText.Summary(report));
        if (json is not null)
        {
            Write(json, report);
        }

        if (report.Counts is { Requests: > 0 } or { Calls: > 0 })
        {
            return ExitCode.Done;
        }

        await Console.Error.WriteLineAsync($"no HTTP call in {report.Seconds:0.0} s: {process.Name} makes none, or none through HttpClient");
        return ExitCode.Inconclusive;
    }

    private async Task<WatchEnd> WaitAsync(EventPipeEvents events, CancellationToken interrupted)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(interrupted);
        var over = Task.Delay(duration ?? Timeout.InfiniteTimeSpan, time, waiting.Token);
        var first = await Task.WhenAny(events.Ended, over);
        await waiting.CancelAsync();
        return first != over ? WatchEnd.Application : over.IsCanceled ? WatchEnd.Interrupted : WatchEnd.Duration;
    }

    private static void Write(string path, WatchReport report)
    {
        try
        {
            ResultFiles.WriteText(path, JsonSerializer.Serialize(report, WatchJson.Default.WatchReport) + "\n");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserException(ExitCode.CouldNotMeasure, $"--json {path}: {Cause.Of(e)}");
        }
    }
}
