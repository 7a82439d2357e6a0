using Spectre.Console;

namespace ConnectionReuse.Bench.Watch;

/// <summary>Shows what goes on: a table that is drawn anew on a terminal, a line for each change, at most once a second, elsewhere.</summary>
/// <param name="console">Where it is shown.</param>
/// <param name="time">Measures that second.</param>
internal sealed class WatchView(IAnsiConsole console, TimeProvider time)
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BetweenDrawings = TimeSpan.FromMilliseconds(500);

    /// <summary>Shows counts until a task ends.</summary>
    /// <param name="counts">The counts so far.</param>
    /// <param name="until">What is waited for; it does not fail.</param>
    public async Task WhileAsync(Func<WatchCounts> counts, Task until)
    {
        ArgumentNullException.ThrowIfNull(counts);
        ArgumentNullException.ThrowIfNull(until);
        var start = time.GetTimestamp();
        if (console.Profile.Capabilities.Interactive && console.Profile.Out.IsTerminal)
        {
            await console.Live(new Text(WatchText.Live(counts(), TimeSpan.Zero))).AutoClear(true).StartAsync(live => EveryAsync(
                BetweenDrawings,
                until,
                () => live.UpdateTarget(new Text(WatchText.Live(counts(), time.GetElapsedTime(start))))));
            return;
        }

        var told = new WatchCounts();
        await EveryAsync(BetweenLines, until, () =>
        {
            var now = counts();
            if ((now.Requests, now.Opened, now.Closed) != (told.Requests, told.Opened, told.Closed))
            {
                console.Profile.Out.Writer.WriteLine(WatchText.Line(now, time.GetElapsedTime(start)));
                told = now;
            }
        });
    }

    private async Task EveryAsync(TimeSpan period, Task until, Action show)
    {
        while (await Task.WhenAny(until, Task.Delay(period, time)) != until)
        {
            show();
        }
    }
}
