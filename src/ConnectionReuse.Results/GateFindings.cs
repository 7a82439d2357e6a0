namespace ConnectionReuse.Results;

/// <summary>What the gate found, with all samples.</summary>
public sealed record GateFindings
{
    /// <summary>What head is held against, such as a commit or the name of a stored result.</summary>
    public required string Base { get; init; }

    /// <summary>The build in question.</summary>
    public required string Head { get; init; }

    /// <summary>The verdict table.</summary>
    public required IReadOnlyList<GateRow> Rows { get; init; }

    /// <summary>Every sample; a second pass confirms what the first one flagged.</summary>
    public IReadOnlyList<GatePass> Passes { get; init; } = [];

    /// <summary>What every client pattern of head opened; empty where only some clients were compared.</summary>
    public IReadOnlyList<PatternCounts> Patterns { get; init; } = [];

    /// <summary>The verdict on the whole run: the worst of the rows that decide.</summary>
    public GateVerdict Verdict
    {
        get
        {
            var decisive = Rows.Where(row => row.Decides).Select(row => row.Verdict).ToArray();
            return decisive.Contains(GateVerdict.Regression) ? GateVerdict.Regression
                : decisive.Length == 0 || decisive.Contains(GateVerdict.Inconclusive) ? GateVerdict.Inconclusive
                : GateVerdict.Ok;
        }
    }
}
