namespace ConnectionReuse.Reporting.Gate;

/// <summary>Everything that one run of the gate found, with all samples.</summary>
public sealed record GateReport
{
    /// <summary>The version of the file's layout.</summary>
    public int SchemaVersion { get; init; } = 1;

    /// <summary>What head is held against, such as a commit or the name of a stored result.</summary>
    public required string Base { get; init; }

    /// <summary>The build in question.</summary>
    public required string Head { get; init; }

    /// <summary>The kind of machine: operating system, architecture and cores, such as <c>linux-x64-2</c>.</summary>
    public required string Machine { get; init; }

    /// <summary>The runtime of the clients.</summary>
    public required string Runtime { get; init; }

    /// <summary>Where clients and server ran.</summary>
    public required string Placement { get; init; }

    /// <summary>When the run started.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>How long measuring took, in seconds.</summary>
    public required double MeasuredSeconds { get; init; }

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
