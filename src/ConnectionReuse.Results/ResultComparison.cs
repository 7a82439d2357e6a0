namespace ConnectionReuse.Results;

/// <summary>Two results side by side, without a measurement: what <c>compare</c> found. Described for other tools by <c>results/schema-comparison.json</c>.</summary>
public sealed record ResultComparison
{
    /// <summary>The version of the schema that this program writes.</summary>
    public const int CurrentSchemaVersion = 1;

    /// <summary>The version of the schema that the file follows.</summary>
    public int SchemaVersion { get; init; } = CurrentSchemaVersion;

    /// <summary>The result that is held against.</summary>
    public required ComparedResult A { get; init; }

    /// <summary>The result in question.</summary>
    public required ComparedResult B { get; init; }

    /// <summary>Whether both were measured on one kind of machine.</summary>
    public required bool SameMachine { get; init; }

    /// <summary>Whether times are held against each other; counts are in any case.</summary>
    public required bool TimesCompared { get; init; }

    /// <summary>What differs between the environments, in words.</summary>
    public required IReadOnlyList<string> Differences { get; init; }

    /// <summary>The confidence of the intervals, such as 0.95.</summary>
    public required double Confidence { get; init; }

    /// <summary>The share by which a row of B must be slower beyond doubt to fail, such as 0.05; null where nothing fails.</summary>
    public double? FailAbove { get; init; }

    /// <summary>The rows that both results have, in the order of A.</summary>
    public required IReadOnlyList<ComparedRow> Rows { get; init; }

    /// <summary>The names of the rows that B lacks.</summary>
    public required IReadOnlyList<string> OnlyA { get; init; }

    /// <summary>The names of the rows that A lacks.</summary>
    public required IReadOnlyList<string> OnlyB { get; init; }
}

/// <summary>One of two results.</summary>
public sealed record ComparedResult
{
    /// <summary>What it is called: its folder, or its file's name.</summary>
    public required string Name { get; init; }

    /// <summary>When its first run started.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>The machine and the software.</summary>
    public required RunEnvironment Environment { get; init; }
}

/// <summary>A row that two results have.</summary>
public sealed record ComparedRow
{
    /// <summary>The target's id.</summary>
    public required string Target { get; init; }

    /// <summary>The URL of a target that the runs did not serve themselves; else null.</summary>
    public string? Url { get; init; }

    /// <summary>The client pattern's id.</summary>
    public required string Client { get; init; }

    /// <summary>What tells the comparison from others on the target.</summary>
    public required RowParameters Parameters { get; init; }

    /// <summary>Requests per iteration, of both.</summary>
    public required int Requests { get; init; }

    /// <summary>A's median, in seconds per iteration; null without times.</summary>
    public double? MedianA { get; init; }

    /// <summary>B's median, in seconds per iteration; null without times.</summary>
    public double? MedianB { get; init; }

    /// <summary>A's rounds.</summary>
    public required int RoundsA { get; init; }

    /// <summary>B's rounds.</summary>
    public required int RoundsB { get; init; }

    /// <summary>B's time over A's: the ratio of the geometric means over their rounds; null where times are not compared.</summary>
    public double? Ratio { get; init; }

    /// <summary>The interval's lower end; null without one.</summary>
    public double? Low { get; init; }

    /// <summary>The interval's upper end; null without one.</summary>
    public double? High { get; init; }

    /// <summary>Why there is no interval, or no ratio; null where there are both.</summary>
    public string? Reason { get; init; }

    /// <summary>What was counted.</summary>
    public required IReadOnlyList<ComparedCount> Counts { get; init; }
}

/// <summary>A count of a row, per iteration.</summary>
/// <param name="Name">What was counted.</param>
/// <param name="A">A's mean over iterations; null where nobody counted.</param>
/// <param name="B">B's mean over iterations; null where nobody counted.</param>
/// <param name="Differs">Whether both are known and are not exactly the same.</param>
public sealed record ComparedCount(string Name, double? A, double? B, bool Differs);
