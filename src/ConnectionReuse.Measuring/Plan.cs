namespace ConnectionReuse.Measuring;

/// <summary>What a measurement will do, made once from the options; whoever comes later reads it and computes no share of its own.</summary>
internal sealed record Plan
{
    /// <summary>The stations of a set, by their names.</summary>
    public required IReadOnlyList<string> Stations { get; init; }

    /// <summary>The rows that each of them holds.</summary>
    public required IReadOnlyList<StationRow> Rows { get; init; }

    /// <summary>Sets of fresh processes, one after the other or side by side: the unit of an interval.</summary>
    public required int Sets { get; init; }

    /// <summary>Decides every order.</summary>
    public required int Seed { get; init; }

    /// <summary>How long all sets may take together; null where the turns end them, or nothing is timed.</summary>
    public TimeSpan? Budget { get; init; }

    /// <summary>Sets that are counted at most: counts are exact, so these tell them, and the others have the time for their turns.</summary>
    public int CountedSets { get; init; } = int.MaxValue;

    /// <summary>When the sets up to this one, from 1, end.</summary>
    public TimeSpan? EndOf(int set) => Budget * set / Sets;

    /// <summary>The targets of the rows.</summary>
    public IReadOnlyList<string> Targets => [.. Rows.Select(row => row.Target).Distinct()];
}
