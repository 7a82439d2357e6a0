using System.Globalization;
using ConnectionReuse.Bench.Screen;
using ConnectionReuse.Clients;

namespace ConnectionReuse.Bench.Timeit;

/// <summary>What is known of a run while it goes on, from what it tells and when: pure, so that recorded runs can be told again.</summary>
/// <param name="plan">What is to come.</param>
internal sealed class TimeitWatch(TimeitPlan plan)
{
    private readonly TimeLeft _left = new(TimeitSteps.Of(plan), kindRuleSteps: 4);
    private readonly SoFar[] _soFar = [.. plan.Targets.Select(_ => new SoFar())];
    private readonly Dictionary<(int Target, string Client, int Round, int Turn), int> _blocks = [];
    private string _step = "warming up";
    private int _target;

    /// <summary>Servers and processes have started.</summary>
    /// <param name="at">When, in seconds since the run began.</param>
    public void Started(double at) => _left.End(TimeitSteps.Start(plan), at);

    /// <summary>Something has happened.</summary>
    /// <param name="told">What.</param>
    /// <param name="at">When, in seconds since the run began.</param>
    public void Take(TimeitEvent told, double at)
    {
        ArgumentNullException.ThrowIfNull(told);
        var target = plan.Targets[told.Target];
        if (told.FirstCallSeconds is not null)
        {
            return; // before the warm-up, and soon over
        }

        if (told.Warm)
        {
            _left.End(TimeitSteps.WarmUp(plan, target), at);
            return;
        }

        if (told.Unreachable is not null || told is { Report: not null, Seconds: null })
        {
            _left.Skip(step => TimeitSteps.IsOf(step, target)); // it is left alone
            return;
        }

        if (told.Client is not { } client)
        {
            return;
        }

        _target = told.Target;
        _step = told.Turn > 0 ? string.Create(CultureInfo.InvariantCulture, $"{client}: turn {told.Turn} of {plan.Repeat}") : $"{client}: where its time goes";
        if (told.Seconds is { } seconds)
        {
            _soFar[told.Target].Add(client, 1000 * seconds / plan.Requests);
            if (IsLastOfItsTurn(told, client))
            {
                _left.End(TimeitSteps.Turn(plan, target, client), at);
            }
        }
        else if (told.Phases is not null || told.NoPhases is not null)
        {
            _left.End(TimeitSteps.Phases(plan, target, client), at);
        }
        else
        {
            _left.Begin(at);
        }
    }

    /// <summary>The seconds that are left; null before anything has ended.</summary>
    /// <param name="at">Now, in seconds since the run began.</param>
    public double? Left(double at) => _left.At(at);

    /// <summary>Such as <c>fresh 62.8 ms  shared 20.5 ms  so far 3.0x  6 s left</c>.</summary>
    /// <param name="at">Now, in seconds since the run began.</param>
    public string Line(double at)
    {
        var soFar = _soFar[_target].ToString();
        var name = plan.Targets.Count > 1 && soFar.Length > 0 ? $"{plan.Targets[_target].Name}: " : "";
        return name + (soFar.Length > 0 ? soFar : _step) + TimeLeft.Words(Left(at));
    }

    private bool IsLastOfItsTurn(TimeitEvent told, string client)
    {
        var turn = (told.Target, client, told.Round, told.Turn);
        return (_blocks[turn] = _blocks.GetValueOrDefault(turn) + 1) == plan.BlocksOfATurn(plan.Targets[told.Target], ClientPatterns.All[client]);
    }
}
