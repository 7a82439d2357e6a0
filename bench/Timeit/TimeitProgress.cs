using System.Globalization;
using Spectre.Console;

namespace ConnectionReuse.Bench.Timeit;

/// <summary>Tells which block runs.</summary>
/// <param name="plan">What is to come.</param>
/// <param name="console">Where it is shown.</param>
/// <param name="time">Estimates the time left.</param>
public sealed class TimeitProgress(TimeitPlan plan, IAnsiConsole console, TimeProvider time)
{
    private readonly LiveLine _line = new(console, time);
    private readonly long _start = time.GetTimestamp();
    private int _done;

    /// <summary>Runs an action that shows each event.</summary>
    public Task WhileAsync(Func<Action<TimeitEvent>, Task> run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return _line.WhileAsync("warming up", show => run(told => show(Line(told))));
    }

    private string Line(TimeitEvent told)
    {
        _done += told.Seconds is null ? 0 : 1;
        var target = plan.Targets[told.Target];
        var blocks = plan.Targets.Sum(each => each.Clients.Count) * plan.Repeat;
        var left = _done == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", about {time.GetElapsedTime(_start).TotalSeconds / _done * (blocks - _done):0} s left");
        if (told.Unreachable is not null)
        {
            return $"{target.Id}: {told.Unreachable}";
        }

        var what = told.Round == 0 ? "where the time of a call goes" : $"block {told.Round} of {plan.Repeat}, {plan.Requests} requests";
        return $"{target.Id} {told.Client}: {what}{left}";
    }
}
