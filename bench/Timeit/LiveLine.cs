using Spectre.Console;

namespace ConnectionReuse.Bench.Timeit;

/// <summary>What goes on, in one line: kept up to date on a terminal, printed at most once a second elsewhere.</summary>
/// <param name="console">Where it is shown.</param>
/// <param name="time">Measures that second.</param>
internal sealed class LiveLine(IAnsiConsole console, TimeProvider time)
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(1);

    private long _told = time.GetTimestamp();

    /// <summary>Runs an action that says what it does.</summary>
    /// <param name="first">What is shown until it says something.</param>
    /// <param name="run">The action.</param>
    public async Task WhileAsync(string first, Func<Action<string>, Task> run)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (!console.Profile.Capabilities.Interactive || !console.Profile.Out.IsTerminal)
        {
            await run(TellPlainly);
            return;
        }

        await console.Status().StartAsync(Markup.Escape(first), status => run(line => status.Status(Markup.Escape(line))));
    }

    private void TellPlainly(string line)
    {
        if (time.GetElapsedTime(_told) >= BetweenLines)
        {
            _told = time.GetTimestamp();
            console.Profile.Out.Writer.WriteLine(line);
        }
    }
}
