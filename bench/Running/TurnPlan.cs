using ConnectionReuse.Clients;
using ConnectionReuse.Targets;

namespace ConnectionReuse.Bench.Running;

/// <summary>How the timed iterations of a launch are laid out.</summary>
/// <param name="Turns">The turns: as many for every row of a group.</param>
/// <param name="IterationsOfATurn">Iterations in each: several, where one takes milliseconds.</param>
public sealed record TurnPlan(int Turns, int IterationsOfATurn)
{
    /// <summary>Turns of a row on loopback over TLS, two in each cycle: a new connection for each request takes 0.1 to 0.3 s a turn.</summary>
    public const int TlsTurns = 6;

    /// <summary>Turns of a row on loopback without TLS, where an iteration takes 5 to 50 ms.</summary>
    public const int PlainTurns = 16;

    private const int ReusingIterations = 3; // of a turn beside those: 5 to 15 ms each

    private const int AloneIterations = 15;

    /// <summary>The timed iterations of a launch.</summary>
    public int Iterations => Turns * IterationsOfATurn;

    /// <summary>The layout of a row.</summary>
    /// <param name="targetId">Whom its requests go to.</param>
    /// <param name="linkMilliseconds">The emulated round trip; 0 for none.</param>
    /// <param name="pattern">Its client pattern.</param>
    public static TurnPlan Of(string targetId, int linkMilliseconds, ClientPattern pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        return targetId == TargetIds.Real || linkMilliseconds > 0 || pattern.Pause > TimeSpan.Zero ? new TurnPlan(1, 1)
            : pattern.InFlight is not null ? new TurnPlan(1, AloneIterations)
            : new TurnPlan(TargetIds.IsTls(targetId) ? TlsTurns : PlainTurns, pattern.Reuses ? ReusingIterations : 1);
    }

    /// <summary>Why a row takes no turns with others; null where it does.</summary>
    public static string? Alone(ClientPattern pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        return pattern.Pause > TimeSpan.Zero ? "it is about connections that idle"
            : pattern.InFlight is not null ? "it is about calls in flight"
            : null;
    }
}
