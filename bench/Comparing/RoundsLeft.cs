using ConnectionReuse.Bench.Screen;

namespace ConnectionReuse.Bench.Comparing;

/// <summary>What is left of a comparison, from when its rounds begin: pure, so that recorded runs can be told again.</summary>
/// <param name="groups">What is to come: rows that take turns, whether they speak TLS, and in how many rounds.</param>
internal sealed class RoundsLeft(IEnumerable<(string Name, bool Tls, int Rows, int Rounds)> groups)
{
    // Rules of thumb for a round that no other has told of yet, on two cores: its processes start and warm up side by side.
    private const double FirstSeconds = 8; // servers start, and BenchmarkDotNet gets ready
    private const double RoundSeconds = 3;
    private const double RoundSecondsOfTls = 6;
    private const double RoundSecondsOfARow = 1.6;

    private static readonly StepKind First = new("first", "", FirstSeconds);

    private readonly (string Name, StepKind Kind, int Rounds)[] _groups =
    [
        .. groups.Select(group => (group.Name, new StepKind("round", group.Name, RoundSeconds + (group.Tls ? RoundSecondsOfTls : 0) + (group.Rows * RoundSecondsOfARow)), group.Rounds)),
    ];

    private TimeLeft? _left;
    private StepKind _on = First;

    private TimeLeft Left => _left ??= new TimeLeft([(First, 1), .. _groups.Select(group => (group.Kind, group.Rounds))]);

    /// <summary>A round of a group begins, and the one before it has ended.</summary>
    /// <param name="name">The group.</param>
    /// <param name="at">When, in seconds since the run began.</param>
    public void Begin(string name, double at)
    {
        Left.End(_on, at);
        _on = _groups.First(group => group.Name == name).Kind;
    }

    /// <summary>The seconds that are left; null before the first round.</summary>
    /// <param name="at">Now, in seconds since the run began.</param>
    public double? At(double at) => Left.At(at);
}
