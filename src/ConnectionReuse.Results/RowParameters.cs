namespace ConnectionReuse.Results;

/// <summary>What tells comparisons of one target apart; two of equal values are the same comparison.</summary>
public sealed record RowParameters
{
    /// <summary>Of the default comparison on a target that the run served itself.</summary>
    public static RowParameters None { get; } = new();

    /// <summary>The benchmark class, where that is not one of the default comparison; else null.</summary>
    public string? Class { get; init; }

    /// <summary>The case of the class, where it has several; else null.</summary>
    public string? Case { get; init; }

    /// <summary>The URL of a target that the run did not serve itself, without user info and query; else null.</summary>
    public string? Url { get; init; }

    /// <summary>The job's name where a run has several; else null.</summary>
    public string? Job { get; init; }

    /// <summary>The only TLS version that was allowed, such as <c>1.2</c>; null for any.</summary>
    public string? Tls { get; init; }

    /// <summary>The HTTP version that was insisted on, such as <c>2.0</c>; null for none.</summary>
    public string? Http { get; init; }

    /// <summary>The emulated link; null without one.</summary>
    public ResultLink? Link { get; init; }
}
