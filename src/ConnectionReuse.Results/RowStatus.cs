namespace ConnectionReuse.Results;

/// <summary>What became of a row.</summary>
public enum RowStatus
{
    /// <summary>Measured as planned.</summary>
    Measured,

    /// <summary>Interrupted after at least one complete launch.</summary>
    Partial,

    /// <summary>The target did not answer.</summary>
    Unreachable,

    /// <summary>The target answered, but not as asked: with another status than a success, or in another version of HTTP.</summary>
    WrongAnswer,

    /// <summary>A request failed, or the connections were not as declared.</summary>
    Failed,

    /// <summary>This platform cannot do it.</summary>
    Unsupported,

    /// <summary>The run ended before it.</summary>
    NotRun,
}
