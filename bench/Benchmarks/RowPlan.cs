namespace ConnectionReuse.Bench.Benchmarks;

/// <summary>What a launch of a row does, planned before anything runs: the process that makes the requests reads it.</summary>
/// <param name="Requests">Requests of an iteration.</param>
/// <param name="LeadIn">Requests before each timed iteration, not timed: the caches are another process's.</param>
/// <param name="Turns">Turns: as many for every row of a group.</param>
/// <param name="IterationsOfATurn">Timed iterations in each: several, where one takes milliseconds.</param>
public sealed record RowPlan(int Requests, int LeadIn, int Turns, int IterationsOfATurn)
{
    /// <summary>The timed iterations of a launch.</summary>
    public int Iterations => Turns * IterationsOfATurn;
}
