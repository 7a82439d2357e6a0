namespace ConnectionReuse.Results;

/// <summary>One process's times.</summary>
/// <param name="Round">The set of processes that it belongs to, from 1: launches of one round are neighbours in time.</param>
/// <param name="IterationSeconds">Every timed iteration in the order of time, in seconds per iteration.</param>
public sealed record Launch(int Round, IReadOnlyList<double> IterationSeconds)
{
    /// <summary>
    /// The turns in which the iterations were made, an equal number of iterations in each: turn j of a row is the neighbour
    /// in time of turn j of every other row of the same comparison and round. 0 where there were no turns.
    /// </summary>
    public int Turns { get; init; }

    /// <summary>The first call of the fresh process, in seconds; null where nobody timed it.</summary>
    public double? FirstCallSeconds { get; init; }

    /// <summary>Untimed iterations that came before; null where unknown.</summary>
    public int? WarmupIterations { get; init; }

    /// <summary>Whether code was still being compiled when the warm-up reached its cap; null where unknown.</summary>
    public bool? WarmupCapped { get; init; }

    /// <summary>Sockets that were still open when the last call had ended; null where the client closes its own.</summary>
    public int? SocketsLeft { get; init; }
}
