namespace ConnectionReuse.Results;

/// <summary>How many times slower one client pattern is than another on the same target.</summary>
public sealed record ResultRatio
{
    /// <summary>The target's id.</summary>
    public required string Target { get; init; }

    /// <summary>What tells the comparison from others on the target.</summary>
    public RowParameters Parameters { get; init; } = RowParameters.None;

    /// <summary>What the slow client pattern is held against.</summary>
    public required RatioKind Kind { get; init; }

    /// <summary>The client pattern in the numerator.</summary>
    public required string Slow { get; init; }

    /// <summary>The client pattern in the denominator.</summary>
    public required string Fast { get; init; }

    /// <summary>The ratio: the geometric mean over the rounds.</summary>
    public required double Value { get; init; }

    /// <summary>The interval's lower end.</summary>
    public required double Low { get; init; }

    /// <summary>The interval's upper end.</summary>
    public required double High { get; init; }

    /// <summary>The interval's confidence, such as 0.95.</summary>
    public required double Confidence { get; init; }

    /// <summary>The rounds it comes from: the unit of the interval.</summary>
    public required int Rounds { get; init; }

    /// <summary>What the fast pattern saves, in milliseconds per call.</summary>
    public required double SavedMillisecondsPerCall { get; init; }

    /// <summary>What the limit model makes of it; null where it was not asked.</summary>
    public ModelFigures? Model { get; init; }
}

/// <summary>What a client pattern is held against.</summary>
public enum RatioKind
{
    /// <summary>The client pattern of its kind that reuses its connection.</summary>
    Reuse,

    /// <summary>The same exchange over a bare socket.</summary>
    Floor,
}
