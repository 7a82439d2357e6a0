using System.Globalization;
using Spectre.Console;

namespace ConnectionReuse.Bench.Screen;

/// <summary>What goes on, in one line on standard error: kept up to date on a terminal, printed every other second elsewhere.</summary>
/// <param name="console">Standard error.</param>
/// <param name="time">Measures the seconds.</param>
/// <param name="begun">When what is told of began, by <paramref name="time"/>: all lines of a run count from there.</param>
internal sealed class StatusLine(IAnsiConsole console, TimeProvider time, long begun)
{
    private static readonly TimeSpan BetweenUpdates = TimeSpan.FromSeconds(0.25);
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(1.5); // before the heartbeat breaks a silence

    private readonly Lock _lock = new();
    private Func<string>? _line;

    private bool IsLive => console.Profile.Capabilities.Interactive && console.Profile.Out.IsTerminal;

    /// <summary>A console on standard error.</summary>
    public static IAnsiConsole ErrorConsole() => AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });

    /// <summary>Runs an action while it is told what goes on.</summary>
    /// <param name="line">What goes on now; called from another thread.</param>
    /// <param name="run">The action.</param>
    public async Task WhileAsync(Func<string> line, Func<Task> run)
    {
        ArgumentNullException.ThrowIfNull(line);
        ArgumentNullException.ThrowIfNull(run);
        _line = line;
        if (IsLive)
        {
            await console.Status().StartAsync(Markup.Escape(Fitting(line())), async status =>
            {
                await using var timer = time.CreateTimer(_ => status.Status(Markup.Escape(Fitting(line()))), null, BetweenUpdates, BetweenUpdates);
                await run();
            });
            return;
        }

        await using var beat = time.CreateTimer(_ => TellNow(), null, BetweenLines, BetweenLines);
        await run();
    }

    /// <summary>Something is worth a line at once, where lines are printed.</summary>
    public void TellNow()
    {
        if (_line is null || IsLive)
        {
            return;
        }

        lock (_lock)
        {
            console.Profile.Out.Writer.WriteLine(Elapsed(time.GetElapsedTime(begun)) + _line());
        }
    }

    /// <summary>The mark of a line of progress: the seconds since the start.</summary>
    public static string Elapsed(TimeSpan elapsed) => string.Create(CultureInfo.InvariantCulture, $"[{elapsed.TotalSeconds:0} s] ");

    // A line that wraps would be drawn again below itself.
    private string Fitting(string line) => line.Length <= console.Profile.Width - 3 ? line : line[..Math.Max(0, console.Profile.Width - 3)];
}
