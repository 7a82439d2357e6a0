using ConnectionReuse.Results;

namespace ConnectionReuse.Measuring;

/// <summary>Calls that followed each other in one turn.</summary>
/// <param name="Seconds">All of them, from the first one's start to the last one's end.</param>
/// <param name="Calls">How many.</param>
/// <param name="CallSeconds">Each of them; empty where they were not timed one by one.</param>
internal sealed record TimedBlock(double Seconds, int Calls, IReadOnlyList<double> CallSeconds)
{
    /// <summary>Seconds per call.</summary>
    public double SecondsPerCall => Seconds / Calls;
}

/// <summary>Calls that were counted at both ends while they were timed.</summary>
/// <param name="Counts">What they did.</param>
/// <param name="Seconds">All of them, from the first one's start to the last one's end.</param>
/// <param name="CallSeconds">Each of them; empty where they were not made one after the other.</param>
internal sealed record CountedBlock(Counts Counts, double Seconds, IReadOnlyList<double> CallSeconds)
{
    /// <summary>How many calls each connection of a reusing client had carried that ended in the block; null where nobody knows.</summary>
    public IReadOnlyList<int>? Ended { get; init; }

    /// <summary>The least seconds that a URL of the user's has announced in <c>Keep-Alive: timeout=</c> so far; null where it announced none.</summary>
    public int? KeepAliveSeconds { get; init; }

    /// <summary>The HTTP version spoken, such as <c>1.1</c>; null without a call.</summary>
    public string? HttpVersion { get; init; }

    /// <summary>The TLS version spoken, such as <c>1.3</c>; null without TLS.</summary>
    public string? TlsProtocol { get; init; }
}
