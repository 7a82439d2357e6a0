using ConnectionReuse.Results;

namespace ConnectionReuse.Connections;

/// <summary>A timed iteration: what was counted around it and nothing else.</summary>
/// <param name="Counts">What both ends counted.</param>
internal sealed record CountedIteration(Counts Counts)
{
    /// <summary>Seconds that each call took; null where nobody timed them one by one.</summary>
    public IReadOnlyList<double>? CallSeconds { get; init; }

    /// <summary>How many calls each connection had carried that ended during it; null where nobody knows.</summary>
    public IReadOnlyList<int>? Ended { get; init; }
}
