namespace ConnectionReuse.Results;

/// <summary>What was run.</summary>
public sealed record Run
{
    /// <summary>What kind of measurement it was.</summary>
    public required RunKind Kind { get; init; }

    /// <summary>The arguments, URLs without user info and query.</summary>
    public required string CommandLine { get; init; }

    /// <summary>When it started.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>How long it took, in seconds; null in a merged file of schema 1, which tells the sum, with its first run.</summary>
    public required double? DurationSeconds { get; init; }

    /// <summary>What decided the order of everything that takes turns; the same seed gives the same order. Null in files of schema 1.</summary>
    public int? Seed { get; init; }

    /// <summary>How it was broken on purpose; null when it was not.</summary>
    public string? Fault { get; init; }

    /// <summary>What the machine kept from it; null where nobody looked.</summary>
    public Interference? Interference { get; init; }

    /// <summary>How long it was allowed to take, in seconds; null without a limit.</summary>
    public double? BudgetSeconds { get; init; }
}

/// <summary>Kinds of measurement.</summary>
public enum RunKind
{
    /// <summary>BenchmarkDotNet's classes.</summary>
    Comparison,

    /// <summary>The direct measurement.</summary>
    Timeit,

    /// <summary>The direct measurement, as a reproduction of the documented session.</summary>
    Documented,

    /// <summary>One build against another.</summary>
    Gate,
}
