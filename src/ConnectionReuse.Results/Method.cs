namespace ConnectionReuse.Results;

/// <summary>How the times of a row were taken.</summary>
public enum Method
{
    /// <summary>Live processes, one for each row of the comparison, took turns within every round.</summary>
    Turns,

    /// <summary>One process after the other, round by round.</summary>
    OneAfterAnother,

    /// <summary>The calls of <c>timeit</c>, by processes that hold all rows.</summary>
    Timeit,

    /// <summary>A process with nothing beside it, because the row is about idle time, pauses or calls in flight.</summary>
    Alone,
}
