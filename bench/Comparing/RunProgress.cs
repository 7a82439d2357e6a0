using System.Globalization;
using Spectre.Console;

namespace ConnectionReuse.Bench.Comparing;

/// <summary>Tells how far a run is: a bar on a terminal, a line for each round of a target elsewhere.</summary>
/// <param name="console">Where it is told.</param>
/// <param name="time">Estimates the time left.</param>
internal sealed class RunProgress(IAnsiConsole console, TimeProvider time)
{
    private long _start;
    private ProgressTask? _bar;
    private string? _launch;
    private string? _lastLine;
    private int _total;
    private int _done;

    /// <summary>Runs an action with the display on.</summary>
    /// <param name="total">Launches of rows to come.</param>
    /// <param name="run">What is displayed.</param>
    public void While(int total, Action run)
    {
        ArgumentNullException.ThrowIfNull(run);
        _total = total;
        if (!console.Profile.Capabilities.Interactive || !console.Profile.Out.IsTerminal)
        {
            run();
            return;
        }

        console.Progress().AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn())
            .Start(progress =>
            {
                _bar = progress.AddTask("preparing", maxValue: total);
                run();
            });
    }

    /// <summary>A launch of some rows begins.</summary>
    public void Begin(IReadOnlyList<RowKey> rows, int round, int rounds)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (_done == 0)
        {
            _start = time.GetTimestamp(); // what came before it, first calls and compiling, will not come again
        }

        var line = $"{rows[0].Group}, round {round} of {rounds}";
        _launch = $"{line}{Left()}";
        if (_bar is not null)
        {
            _bar.Description = Markup.Escape($"{_launch}: warming up {rows.Count} process{(rows.Count == 1 ? "" : "es")}");
            return;
        }

        if (line != _lastLine)
        {
            _lastLine = line;
            console.Profile.Out.Writer.WriteLine(_launch);
        }
    }

    /// <summary>A row takes a turn.</summary>
    public void Take(RowKey row)
    {
        ArgumentNullException.ThrowIfNull(row);
        if (_bar is not null)
        {
            _bar.Description = Markup.Escape($"{_launch}: {row.Client}");
        }
    }

    /// <summary>A row's launch has ended.</summary>
    public void End()
    {
        _done++;
        _bar?.Increment(1);
    }

    /// <summary>A case waits until enough ports are free.</summary>
    public void Wait(RowKey row, TimeSpan left)
    {
        ArgumentNullException.ThrowIfNull(row);
        console.Profile.Out.Writer.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{row.TargetId} {row.Client}: waiting {left.TotalSeconds:0} s for free ports"));
    }

    private string Left()
    {
        if (_done == 0)
        {
            return string.Empty;
        }

        var left = time.GetElapsedTime(_start) / _done * (_total - _done);
        return string.Create(CultureInfo.InvariantCulture, $", about {Math.Max(1, left.TotalSeconds):0} s left");
    }
}
