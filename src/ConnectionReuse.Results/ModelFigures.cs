namespace ConnectionReuse.Results;

/// <summary>
/// What the limit model makes of a fresh and a reused call: the ratio is 1 + k·RTT / (RTT + S), and never above 1 + k.
/// </summary>
public sealed record ModelFigures
{
    /// <summary>k: the round trips that a fresh call pays beyond the request's own.</summary>
    public required int ExtraRoundTrips { get; init; }

    /// <summary>Those of k that slow start adds to a payload beyond the initial window; known over links only.</summary>
    public int SlowStartRoundTrips { get; init; }

    /// <summary>The estimated round trip, in seconds; on loopback the CPU time of opening a connection, shared out over k.</summary>
    public required double RttSeconds { get; init; }

    /// <summary>S: everything of a call that is no round trip, in seconds.</summary>
    public required double ServiceSeconds { get; init; }

    /// <summary>1 + k: what the ratio comes to when a call is nothing but round trips.</summary>
    public required double Limit { get; init; }

    /// <summary>The measured ratio.</summary>
    public required double Ratio { get; init; }

    /// <summary>The lower end of the ratio's interval; null without one.</summary>
    public double? RatioLow { get; init; }

    /// <summary>The upper end of the ratio's interval; null without one.</summary>
    public double? RatioHigh { get; init; }

    /// <summary>The measured ratio as a share of the limit; null where CPU decides, because the limit is no limit there.</summary>
    public double? Closeness { get; init; }

    /// <summary>Whether CPU decides and not round trips: on loopback, and wherever the ratio is well above the limit.</summary>
    public required bool CpuBound { get; init; }

    /// <summary>What reuse saves after so many calls, its one connection paid for.</summary>
    public required IReadOnlyList<ModelSaving> Savings { get; init; }
}

/// <summary>What reuse saves after some calls.</summary>
/// <param name="Calls">So many.</param>
/// <param name="Seconds">Saved in all of them together.</param>
public sealed record ModelSaving(long Calls, double Seconds);
