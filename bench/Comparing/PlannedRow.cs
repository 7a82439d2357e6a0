using ConnectionReuse.Bench.Benchmarks;
using ConnectionReuse.Results;

namespace ConnectionReuse.Bench.Comparing;

/// <summary>A row of the comparison, as it will be run.</summary>
/// <param name="Key">What tells it from the others.</param>
/// <param name="Benchmark">BenchmarkDotNet's full name of its benchmark.</param>
/// <param name="Plan">What each of its launches does.</param>
/// <param name="Rounds">Its launches, each in a set of processes of its own.</param>
internal sealed record PlannedRow(RowKey Key, string Benchmark, RowPlan Plan, int Rounds)
{
    // What a warm-up takes as a rule; the ports of calls that ended more than a second ago are free again.
    private const int WarmupIterations = 40;

    /// <summary>The first, untimed calls, which are logged.</summary>
    public required int LoggedCalls { get; init; }

    /// <summary>Whether a job of BenchmarkDotNet's decides how many iterations there are.</summary>
    public bool JobDecides { get; init; }

    /// <summary>Why it takes no turns with others; null where it does.</summary>
    public string? Alone => Key.Pattern.Pause > TimeSpan.Zero ? "it is about connections that idle"
        : Key.Pattern.InFlight is not null ? "it is about calls in flight"
        : null;

    /// <summary>With whom it is measured, as a line of progress names it.</summary>
    public string Set => Alone is null ? Key.Group : $"{Key.Group} {Key.Client}";

    /// <summary>What one of its launches waits: pauses, and round trips of an emulated link.</summary>
    public TimeSpan Waits => Plan.Requests * Plan.Iterations * (Key.Pattern.Pause + TimeSpan.FromMilliseconds(Key.LinkMilliseconds * RoundTrips));

    private int RoundTrips => Key.Pattern.Reuses ? 1 : TargetIds.IsTls(Key.TargetId) ? 3 : 2;

    /// <summary>Connections that one of its launches may open, warm-up included.</summary>
    public int ConnectionsOfALaunch => Plan.Requests * (WarmupIterations + Plan.Iterations);

    /// <summary>Requests of one of its launches where nothing is warmed up; null where a job decides.</summary>
    public int? TimedCalls => JobDecides ? null : (Key.Pattern.Reuses ? 1 : 0) + (Plan.Iterations * Plan.Requests);

    /// <summary>Requests of all of its launches together and of its first calls, where nothing is warmed up; null where a job decides.</summary>
    public int? AllCalls => (Rounds * TimedCalls) + LoggedCalls;
}
