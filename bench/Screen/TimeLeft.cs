using System.Globalization;

namespace ConnectionReuse.Bench.Screen;

/// <summary>A kind of step of a run.</summary>
/// <param name="Family">Steps that are alike: how one kind of them turns out tells of the others.</param>
/// <param name="Name">The kind within its family.</param>
/// <param name="Seconds">What one takes as a rule of a core; more where others use it too.</param>
/// <param name="Waiting">What one takes beside that, whoever else uses the machine: round trips.</param>
internal sealed record StepKind(string Family, string Name, double Seconds, double Waiting = 0);

/// <summary>
/// What is left of a run whose steps are known beforehand. A step takes what it takes as a rule, as much more or less as those that
/// were seen: all of them a little, those of its family more, those of its own kind most. Each rule weighs as if some of it had been
/// seen too, so that one odd step decides nothing. Pure: whoever uses it tells the time.
/// </summary>
internal sealed class TimeLeft
{
    private const double RuleSeconds = 0.5; // weight of the rule among all steps
    private const double FamilyRuleSeconds = 1; // weight of all steps within a family

    private readonly Dictionary<StepKind, Kind> _kinds;
    private readonly int _kindRuleSteps;
    private double _since;

    /// <summary>A run that begins at 0 s.</summary>
    /// <param name="steps">Its steps in their order: each kind with how many there are of it.</param>
    /// <param name="kindRuleSteps">As many steps of its own kind weigh as much as what the rule and its family say: few where few are to come.</param>
    public TimeLeft(IEnumerable<(StepKind Kind, int Count)> steps, int kindRuleSteps)
    {
        _kindRuleSteps = kindRuleSteps;
        _kinds = steps.GroupBy(step => step.Kind).ToDictionary(kind => kind.Key, kind => new Kind(kind.Sum(step => step.Count)));
    }

    /// <summary>The words of a time that is left, with the spaces before them; empty where it is not known.</summary>
    public static string Words(double? seconds) => seconds is { } left ? string.Create(CultureInfo.InvariantCulture, $"  {Math.Ceiling(left):0} s left") : "";

    /// <summary>A step has ended.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="at">When, in seconds since the run began.</param>
    public void End(StepKind kind, double at)
    {
        if (_kinds.TryGetValue(kind, out var ended))
        {
            ended.Done++;
            ended.Seconds += at - _since;
        }

        _since = at;
    }

    /// <summary>What was between the steps is over: it is nobody's.</summary>
    /// <param name="at">When, in seconds since the run began.</param>
    public void Begin(double at) => _since = at;

    /// <summary>Steps of a kind that will not come after all.</summary>
    public void Skip(Func<StepKind, bool> which)
    {
        foreach (var (_, kind) in _kinds.Where(kind => which(kind.Key)))
        {
            kind.Planned = kind.Done;
        }
    }

    /// <summary>The seconds that are left; null before the first step has ended.</summary>
    /// <param name="at">Now, in seconds since the run began.</param>
    public double? At(double at)
    {
        if (_kinds.Values.All(kind => kind.Done == 0))
        {
            return null;
        }

        var left = _kinds.Sum(kind => Math.Max(0, kind.Value.Planned - kind.Value.Done) * Expected(kind.Key));
        return Math.Max(0, left - Math.Max(0, at - _since)); // the step that is on its way has begun
    }

    private double Expected(StepKind kind)
    {
        var all = Pace(_ => true, 1, RuleSeconds);
        var family = Pace(other => other.Family == kind.Family, all, FamilyRuleSeconds);
        var seen = _kinds[kind];
        return (seen.Seconds + (_kindRuleSteps * (kind.Waiting + (kind.Seconds * family)))) / (seen.Done + _kindRuleSteps);
    }

    // How much longer the steps that were seen took than they take as a rule.
    private double Pace(Func<StepKind, bool> which, double expected, double weight)
    {
        var (rule, took) = (weight, weight * expected);
        foreach (var (kind, seen) in _kinds.Where(kind => which(kind.Key)))
        {
            rule += seen.Done * kind.Seconds;
            took += Math.Max(0, seen.Seconds - (seen.Done * kind.Waiting));
        }

        return took / rule;
    }

    private sealed class Kind(int planned)
    {
        public int Planned { get; set; } = planned;

        public int Done { get; set; }

        public double Seconds { get; set; }
    }
}
