using ConnectionReuse.Results;

namespace ConnectionReuse.Connections;

/// <summary>A timed iteration: what was counted around it and nothing else.</summary>
/// <param name="Counts">What both ends counted.</param>
public sealed record CountedIteration(Counts Counts)
{
    /// <summary>Seconds that each call took; null where nobody timed them one by one.</summary>
    public IReadOnlyList<double>? CallSeconds { get; init; }

    /// <summary>Seconds that a plain program took for the same requests just before; null unless it was asked.</summary>
    public double? PlainLoopSeconds { get; init; }
}
