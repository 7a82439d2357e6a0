using ConnectionReuse.Clients;
using ConnectionReuse.Results;

namespace ConnectionReuse.Bench.Running;

/// <summary>How the timed iterations of a launch are laid out.</summary>
/// <param name="Turns">The turns: as many for every row of a group.</param>
/// <param name="IterationsOfATurn">Iterations in each: several, where one takes milliseconds.</param>
internal sealed record TurnPlan(int Turns, int IterationsOfATurn)
{
    /// <summary>Turns of a row on loopback over TLS, two in each cycle: a new connection for each request takes 0.1 to 0.3 s a turn.</summary>
    public const int TlsTurns = 4;

    /// <summary>Turns of a row on loopback without TLS, where an iteration takes 5 to 30 ms.</summary>
    public const int PlainTurns = 10;

    // A turn should last 50 ms at least: what disturbs a machine for some milliseconds moves the ratio of a shorter one.
    private const int TlsReusingIterations = 12; // of 5 to 8 ms
    private const int PlainReusingIterations = 8; // of 4 to 6 ms
    private const int PlainOpeningIterations = 2; // of 15 to 30 ms

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
            : TargetIds.IsTls(targetId) ? new TurnPlan(TlsTurns, pattern.Reuses ? TlsReusingIterations : 1)
            : new TurnPlan(PlainTurns, pattern.Reuses ? PlainReusingIterations : PlainOpeningIterations);
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
