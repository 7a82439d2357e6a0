using System.Globalization;
using Spectre.Console;

namespace ConnectionReuse.Bench.Timeit;

/// <summary>Tells whose turn it is.</summary>
/// <param name="plan">What is to come.</param>
/// <param name="console">Where it is shown.</param>
/// <param name="time">Estimates the time left.</param>
internal sealed class TimeitProgress(TimeitPlan plan, IAnsiConsole console, TimeProvider time)
{
    private readonly LiveLine _line = new(console, time);
    private readonly long _start = time.GetTimestamp();
    private double _begun;

    /// <summary>Runs an action that shows each event.</summary>
    public Task WhileAsync(Func<Action<TimeitEvent>, Task> run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return _line.WhileAsync("warming up", show => run(told => show(Line(told))));
    }

    private string Line(TimeitEvent told)
    {
        var done = _begun;
        _begun += told is { Turn: > 0, Seconds: null, Report: null } ? told.Share : 0;
        var target = plan.Targets[told.Target];
        var turns = plan.Targets.Sum(each => each.Rows.Count()) * plan.Turns;
        var left = done < 1 ? "" : string.Create(CultureInfo.InvariantCulture, $", about {time.GetElapsedTime(_start).TotalSeconds / done * (turns - done):0} s left");
        if (told.Unreachable is not null)
        {
            return $"{target.Id}: {told.Unreachable}";
        }

        var what = told.Turn == 0 ? "where the time of a call goes"
            : $"turn {told.Turn} of {plan.Repeat}, {(plan.Sets > 1 ? $"set {told.Round} of {plan.Sets}, " : "")}{plan.Requests} requests";
        return $"{target.Id} {told.Client}: {what}{left}";
    }
}
