using System.Globalization;
using ConnectionReuse.Bench.Screen;
using Spectre.Console;

namespace ConnectionReuse.Bench.Comparing;

/// <summary>Tells on standard error whose round it is, what is known so far, and how long it still takes.</summary>
/// <param name="plan">What is run.</param>
/// <param name="console">Standard error.</param>
/// <param name="time">Measures what has passed.</param>
/// <param name="begun">When the run began.</param>
internal sealed class RunProgress(ComparisonPlan plan, IAnsiConsole console, TimeProvider time, long begun)
{
    private readonly StatusLine _status = new(console, time, begun);
    private readonly Lock _lock = new();
    private readonly Dictionary<string, SoFar> _soFar = [];
    private RoundsLeft? _left;
    private string _group = "";
    private string _round = "preparing"; // or whatever goes on in it
    private string? _begun;

    private double Now => time.GetElapsedTime(begun).TotalSeconds;

    /// <summary>Runs an action with the display on.</summary>
    /// <param name="rows">The rows to come.</param>
    /// <param name="run">What is displayed.</param>
    public Task WhileAsync(IEnumerable<PlannedRow> rows, Action run)
    {
        ArgumentNullException.ThrowIfNull(run);
        _left = new RoundsLeft(rows.GroupBy(row => row.Set).Select(PlannedRounds.Of));
        return _status.WhileAsync(Line, () =>
        {
            run();
            return Task.CompletedTask;
        });
    }

    /// <summary>A launch of some rows begins.</summary>
    public void Begin(IReadOnlyList<RowKey> rows, int round, int rounds)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var set = plan.Of(rows[0]).Set;
        var next = string.Create(CultureInfo.InvariantCulture, $"{set}, round {round} of {rounds}");
        lock (_lock)
        {
            if (next == _round)
            {
                return;
            }

            if (next != _begun)
            {
                _left?.Begin(set, Now);
            }

            (_group, _round, _begun) = (rows[0].Group, next, next);
        }

        _status.TellNow();
    }

    /// <summary>A row's launch has ended.</summary>
    /// <param name="row">The row.</param>
    /// <param name="seconds">Its iterations; empty where it failed.</param>
    public void End(RowKey row, IReadOnlyList<double> seconds)
    {
        ArgumentNullException.ThrowIfNull(row);
        ArgumentNullException.ThrowIfNull(seconds);
        lock (_lock)
        {
            var soFar = _soFar.TryGetValue(row.Group, out var known) ? known : _soFar[row.Group] = new SoFar();
            foreach (var iteration in seconds)
            {
                soFar.Add(row.Client, 1000 * iteration / plan.Of(row).Plan.Requests);
            }
        }
    }

    /// <summary>A case waits until enough ports are free.</summary>
    public void Wait(RowKey row, TimeSpan left)
    {
        ArgumentNullException.ThrowIfNull(row);
        lock (_lock)
        {
            _round = string.Create(CultureInfo.InvariantCulture, $"{row.TargetId} {row.Client}: waiting {left.TotalSeconds:0} s for free ports");
        }

        _status.TellNow();
    }

    private string Line()
    {
        lock (_lock)
        {
            var soFar = _soFar.TryGetValue(_group, out var known) ? known.ToString() : "";
            return _round + (soFar.Length > 0 ? $": {soFar}" : "") + TimeLeft.Words(_left?.At(Now));
        }
    }
}
