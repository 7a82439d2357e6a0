namespace ConnectionReuse.Results;

/// <summary>What the gate says of a row, or of a whole run.</summary>
public enum GateVerdict
{
    /// <summary>Nothing to object to.</summary>
    Ok,

    /// <summary>Head is better, by more than the threshold.</summary>
    Improvement,

    /// <summary>The measurement cannot tell.</summary>
    Inconclusive,

    /// <summary>Head is worse, by more than the threshold.</summary>
    Regression,
}

/// <summary>What a row's figures are.</summary>
public enum GateMeasure
{
    /// <summary>Time per call: head over base.</summary>
    Time,

    /// <summary>Connections and TLS handshakes.</summary>
    Connections,

    /// <summary>Allocated bytes per request: head less base.</summary>
    Allocations,

    /// <summary>The time of fresh calls over the time of shared ones.</summary>
    Ratio,
}

/// <summary>One line of the verdict table.</summary>
public sealed record GateRow
{
    /// <summary>What was compared, such as <c>kestrel-http fresh</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What the figures are.</summary>
    public required GateMeasure Measure { get; init; }

    /// <summary>The verdict.</summary>
    public required GateVerdict Verdict { get; init; }

    /// <summary>Why, in words.</summary>
    public required string Reason { get; init; }

    /// <summary>The estimate: a ratio for times and ratios, bytes for allocations, connections opened for connections; null without one.</summary>
    public double? Estimate { get; init; }

    /// <summary>The lower end of the estimate's 95 % interval; null without one.</summary>
    public double? Low { get; init; }

    /// <summary>The upper end of the estimate's 95 % interval; null without one.</summary>
    public double? High { get; init; }

    /// <summary>What the estimate must pass to count, in its unit; null where there is none.</summary>
    public double? Threshold { get; init; }

    /// <summary>The p value after Holm; null where nothing is tested.</summary>
    public double? P { get; init; }

    /// <summary>The ratio that this measurement would find in 19 of 20 runs; null where that means nothing.</summary>
    public double? Visible { get; init; }

    /// <summary>Whether the row decides; advice does not.</summary>
    public bool Decides { get; init; } = true;
}
