using ConnectionReuse.Bench.Screen;
using Spectre.Console;

namespace ConnectionReuse.Bench.Timeit;

/// <summary>Tells on standard error what is known so far and how long it still takes.</summary>
/// <param name="plan">What is to come.</param>
/// <param name="console">Standard error.</param>
/// <param name="time">Measures what has passed.</param>
/// <param name="begun">When the run began.</param>
internal sealed class TimeitProgress(TimeitPlan plan, IAnsiConsole console, TimeProvider time, long begun)
{
    private readonly TimeitWatch _watch = new(plan);
    private readonly Lock _lock = new();

    private double Now => time.GetElapsedTime(begun).TotalSeconds;

    /// <summary>Runs an action that tells each event.</summary>
    public Task WhileAsync(Func<Action<TimeitEvent>, Task> run)
    {
        ArgumentNullException.ThrowIfNull(run);
        _watch.Started(Now);
        return new StatusLine(console, time, begun).WhileAsync(Line, () => run(Take));
    }

    private void Take(TimeitEvent told)
    {
        lock (_lock)
        {
            _watch.Take(told, Now);
        }
    }

    private string Line()
    {
        lock (_lock)
        {
            return _watch.Line(Now);
        }
    }
}
