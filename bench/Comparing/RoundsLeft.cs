using ConnectionReuse.Bench.Screen;

namespace ConnectionReuse.Bench.Comparing;

/// <summary>What is left of a comparison, from when its rounds begin: pure, so that recorded runs can be told again.</summary>
/// <param name="sets">What is to come.</param>
internal sealed class RoundsLeft(IEnumerable<PlannedRounds> sets)
{
    // Rules of thumb for a round that no other has told of yet, on two cores: its processes start and warm up side by side.
    private const double FirstSeconds = 8; // servers start, and BenchmarkDotNet gets ready
    private const double RoundSeconds = 3;
    private const double RoundSecondsOfTls = 2.5;
    private const double RoundSecondsOfARow = 1;
    private const double RoundSecondsOfATlsRow = 1.6;

    private static readonly StepKind First = new("first", "", Seconds: 0, Waiting: FirstSeconds); // it tells nothing of rounds

    private readonly (string Name, StepKind Kind, int Rounds)[] _sets = [.. sets.Select(set => (set.Name, KindOf(set), set.Rounds))];

    private TimeLeft? _left;
    private StepKind _on = First;

    private TimeLeft Left => _left ??= new TimeLeft([(First, 1), .. _sets.Select(set => (set.Kind, set.Rounds))], kindRuleSteps: 2);

    private static StepKind KindOf(PlannedRounds set)
    {
        var rows = set.Rows * (set.Tls ? RoundSecondsOfATlsRow : RoundSecondsOfARow);
        var together = RoundSeconds + (set.Tls ? RoundSecondsOfTls : 0); // those that take turns wait for each other
        return new StepKind("round", set.Name, set.Rows > 1 ? together + rows : rows, set.Waits.TotalSeconds);
    }

    /// <summary>A round begins, and the one before it has ended.</summary>
    /// <param name="name">Whose.</param>
    /// <param name="at">When, in seconds since the run began.</param>
    public void Begin(string name, double at)
    {
        Left.End(_on, at);
        _on = _sets.First(set => set.Name == name).Kind;
    }

    /// <summary>The seconds that are left; null before the first round.</summary>
    /// <param name="at">Now, in seconds since the run began.</param>
    public double? At(double at) => Left.At(at);
}
