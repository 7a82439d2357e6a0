using System.Globalization;
using Spectre.Console;

namespace ConnectionReuse.Bench.Timeit;

/// <summary>Tells which block runs: a live line on a terminal, a plain line now and then elsewhere.</summary>
/// <param name="plan">What is to come.</param>
/// <param name="console">Where it is shown.</param>
/// <param name="time">Estimates the time left.</param>
public sealed class TimeitProgress(TimeitPlan plan, IAnsiConsole console, TimeProvider time)
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(1);

    private readonly long _start = time.GetTimestamp();
    private long _told = time.GetTimestamp();
    private int _done;

    /// <summary>Runs an action that shows each event.</summary>
    public async Task WhileAsync(Func<Action<TimeitEvent>, Task> run)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (!console.Profile.Capabilities.Interactive || !console.Profile.Out.IsTerminal)
        {
            await run(TellPlainly);
            return;
        }

        await console.Status().StartAsync("warming up", status => run(told => status.Status(Markup.Escape(Line(told)))));
    }

    private void TellPlainly(TimeitEvent told)
    {
        var line = Line(told);
        if (time.GetElapsedTime(_told) >= BetweenLines)
        {
            _told = time.GetTimestamp();
            console.Profile.Out.Writer.WriteLine(line);
        }
    }

    private string Line(TimeitEvent told)
    {
        _done += told.Seconds is null ? 0 : 1;
        var target = plan.Targets[told.Target];
        var blocks = plan.Targets.Sum(each => each.Clients.Count) * plan.Repeat;
        var left = _done == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", about {time.GetElapsedTime(_start).TotalSeconds / _done * (blocks - _done):0} s left");
        var what = told.Round == 0 ? "where the time of a call goes" : $"block {told.Round} of {plan.Repeat}, {plan.Requests} requests";
        return $"{target.Id} {told.Client}: {what}{left}";
    }
}
