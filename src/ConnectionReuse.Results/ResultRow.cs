using System.Text.Json.Serialization;

namespace ConnectionReuse.Results;

/// <summary>The requests of one client pattern to one target.</summary>
public sealed record ResultRow
{
    /// <summary>The target's id.</summary>
    public required string Target { get; init; }

    /// <summary>The target's URL without user info and query.</summary>
    public required string Url { get; init; }

    /// <summary>The client pattern's id.</summary>
    public required string Client { get; init; }

    /// <summary>What tells the comparison from others on the target.</summary>
    public RowParameters Parameters { get; init; } = RowParameters.None;

    /// <summary>What the client pattern declared when it was measured.</summary>
    public required Declaration Declared { get; init; }

    /// <summary>The run that it comes from, by its place in <see cref="ResultFile.Runs"/>, from 0.</summary>
    public int Run { get; init; }

    /// <summary>How its times were taken.</summary>
    public required Method Method { get; init; }

    /// <summary>Why it was measured in another way than the rest of its run; null where it was not.</summary>
    public string? MethodReason { get; init; }

    /// <summary>What became of the row.</summary>
    public required RowStatus Status { get; init; }

    /// <summary>Why the row is not, or not wholly, as declared; null when it is.</summary>
    public string? Reason { get; init; }

    /// <summary>Requests per iteration.</summary>
    public required int Requests { get; init; }

    /// <summary>The launches whose times count; empty when the row has none.</summary>
    public IReadOnlyList<Launch> Launches { get; init; } = [];

    /// <summary>The median over iterations, in seconds per iteration; null without times.</summary>
    public double? Median { get; init; }

    /// <summary>The interval's lower end, in seconds; null with too few launches for one.</summary>
    public double? Low { get; init; }

    /// <summary>The interval's upper end, in seconds; null with too few launches for one.</summary>
    public double? High { get; init; }

    /// <summary>What was counted in all timed iterations together; null where nothing was.</summary>
    public Counts? Counts { get; init; }

    /// <summary>The iterations that <see cref="Counts"/> is the sum of.</summary>
    public int CountedIterations { get; init; }

    /// <summary>Connections that the client's pool opened since its first call, warm-up included: the mean over launches; null where calls follow one another.</summary>
    public double? PoolConnectionsOpened { get; init; }

    /// <summary>Requests that failed.</summary>
    public int Failures { get; init; }

    /// <summary>Bytes that the client process allocated per request: the median over iterations, because what it allocates now and then for itself is not the calls'; null without times.</summary>
    public double? AllocatedBytesPerRequest { get; init; }

    /// <summary>The HTTP version spoken, such as <c>1.1</c>.</summary>
    public string? HttpVersion { get; init; }

    /// <summary>The TLS version spoken, such as <c>1.3</c>; null without TLS.</summary>
    public string? TlsProtocol { get; init; }

    /// <summary>Where the time of a call went; null where nobody listened.</summary>
    public PhaseTimes? Phases { get; init; }

    /// <summary>How long single calls took, out of all of them; null where nobody timed them.</summary>
    public CallTimes? CallTimes { get; init; }

    /// <summary>Whether the target lets calls share connections, found out apart from the times; null where nobody asked.</summary>
    public ReuseVerdict? Verdict { get; init; }

    /// <summary>The round trip between client and server where the server was started apart, measured before the calls; else null.</summary>
    public double? RoundTripMilliseconds { get; init; }

    /// <summary>The emulated link; null without one.</summary>
    [JsonIgnore]
    public ResultLink? Link => Parameters.Link;

    /// <summary>One of the counts as the mean over iterations; null where it is unknown.</summary>
    /// <param name="count">Such as the connections that were opened.</param>
    public double? PerIteration(Func<Counts, long?> count) => Counts is { } counts && CountedIterations > 0 ? (double?)count(counts) / CountedIterations : null;

    /// <summary>Whether a row that should reuse its connection opened one for each request, whoever closed them.</summary>
    [JsonIgnore]
    public bool ReusedNothing => Declared.Reuses && Counts is { Opened: > 0 } && Counts.Opened >= Counts.Requests;

    /// <summary>One of the counts as the mean over requests; null where it is unknown.</summary>
    /// <param name="count">Such as the bytes on the wire.</param>
    public double? PerRequest(Func<Counts, long?> count) => Counts is { Requests: > 0 } counts ? (double?)count(counts) / counts.Requests : null;
}
