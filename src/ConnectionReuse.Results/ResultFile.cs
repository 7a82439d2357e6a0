namespace ConnectionReuse.Results;

/// <summary>
/// Everything one run found: the only thing that tables, charts and the gate read. Described for other tools by
/// <c>results/schema.json</c>.
/// </summary>
public sealed record ResultFile
{
    /// <summary>The version of the schema that this program writes and reads.</summary>
    public const int CurrentSchemaVersion = 1;

    /// <summary>The version of the schema that the file follows.</summary>
    public int SchemaVersion { get; init; } = CurrentSchemaVersion;

    /// <summary>Where, when and with what the run was made.</summary>
    public required RunEnvironment Environment { get; init; }

    /// <summary>One row for each target, client pattern and set of parameters.</summary>
    public required IReadOnlyList<ResultRow> Rows { get; init; }

    /// <summary>Ratios between rows of one target, each measured side by side.</summary>
    public required IReadOnlyList<ResultRatio> Ratios { get; init; }
}

/// <summary>Where, when and with what a run was made; no user and host names, no environment values.</summary>
public sealed record RunEnvironment
{
    /// <summary>The commit's hash; null outside a repository.</summary>
    public string? Commit { get; init; }

    /// <summary>Whether the working tree, results aside, differed from the commit; null where there is none.</summary>
    public bool? Dirty { get; init; }

    /// <summary>The operating system's name and version.</summary>
    public required string Os { get; init; }

    /// <summary>The kernel's version.</summary>
    public required string Kernel { get; init; }

    /// <summary>The kernel's TCP congestion control, such as <c>cubic</c>; null where it does not tell.</summary>
    public string? TcpCongestionControl { get; init; }

    /// <summary>The processor's name; null where the machine does not tell.</summary>
    public string? Cpu { get; init; }

    /// <summary>The processor architecture, such as <c>x64</c>.</summary>
    public required string Architecture { get; init; }

    /// <summary>Logical cores.</summary>
    public required int LogicalCores { get; init; }

    /// <summary>Physical memory in bytes.</summary>
    public required long MemoryBytes { get; init; }

    /// <summary>Where client and server ran.</summary>
    public required string Placement { get; init; }

    /// <summary>What the runtime of client and server was told, such as <c>DOTNET_TieredPGO=0</c>; null in older files.</summary>
    public IReadOnlyList<string>? RuntimeSettings { get; init; }

    /// <summary>The .NET SDK that built the program; null where unknown.</summary>
    public string? Sdk { get; init; }

    /// <summary>The .NET runtime that ran it.</summary>
    public required string Runtime { get; init; }

    /// <summary>BenchmarkDotNet's version.</summary>
    public required string BenchmarkDotNet { get; init; }

    /// <summary>WireMock.Net's version.</summary>
    public required string WireMock { get; init; }

    /// <summary>When the run started.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>How long it took, in seconds.</summary>
    public required double DurationSeconds { get; init; }

    /// <summary>The arguments, URLs without user info and query.</summary>
    public required string CommandLine { get; init; }
}

/// <summary>The requests of one client pattern to one target.</summary>
public sealed record ResultRow
{
    /// <summary>The target's id.</summary>
    public required string Target { get; init; }

    /// <summary>The target's URL without user info and query.</summary>
    public required string Url { get; init; }

    /// <summary>The client pattern's id.</summary>
    public required string Client { get; init; }

    /// <summary>What else tells rows apart, by name.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

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

    /// <summary>Distinct connections that carried the requests of an iteration; null where unknown.</summary>
    public double? Connections { get; init; }

    /// <summary>Connections opened during an iteration; null where unknown.</summary>
    public double? ConnectionsOpened { get; init; }

    /// <summary>Connections that the client's pool opened since its first call, warm-up included: the mean over launches; null where calls follow one another.</summary>
    public double? PoolConnectionsOpened { get; init; }

    /// <summary>Connections that the kernel opened meanwhile for every process of the machine: advice; null where it does not tell.</summary>
    public double? KernelConnectionsOpened { get; init; }

    /// <summary>Full TLS handshakes during an iteration; null where it cannot be known.</summary>
    public double? FullHandshakes { get; init; }

    /// <summary>Resumed TLS handshakes during an iteration; null where it cannot be known.</summary>
    public double? ResumedHandshakes { get; init; }

    /// <summary>Requests that failed.</summary>
    public int Failures { get; init; }

    /// <summary>Bytes that the client process allocated per request: the median over iterations, because what it allocates now and then for itself is not the calls'; null without times.</summary>
    public double? AllocatedBytesPerRequest { get; init; }

    /// <summary>Bytes above TCP per request, both directions; null without times.</summary>
    public double? WireBytesPerRequest { get; init; }

    /// <summary>Methods that the client's JIT compiled during an iteration: next to none when the warm-up sufficed; null without times.</summary>
    public double? CompiledMethods { get; init; }

    /// <summary>The HTTP version spoken, such as <c>1.1</c>.</summary>
    public string? HttpVersion { get; init; }

    /// <summary>The TLS version spoken, such as <c>1.3</c>; null without TLS.</summary>
    public string? TlsProtocol { get; init; }

    /// <summary>The emulated link; null without one.</summary>
    public ResultLink? Link { get; init; }

    /// <summary>Where the time of a call went; null where nobody listened.</summary>
    public PhaseTimes? Phases { get; init; }

    /// <summary>The program that made the calls, with its version; null for this one.</summary>
    public string? Tool { get; init; }

    /// <summary>Whether that program checks the server's certificate; null for this one, which always does.</summary>
    public bool? ToolChecksCertificates { get; init; }

    /// <summary>What to use instead, in one line; null where the client pattern is no mistake.</summary>
    public string? Advice { get; init; }

    /// <summary>How long single calls took, out of all of them; null where one followed the other.</summary>
    public CallTimes? CallTimes { get; init; }
}

/// <summary>One process's times.</summary>
/// <param name="Round">The round it belongs to, from 1: launches of one round are neighbours in time.</param>
/// <param name="IterationSeconds">Every timed iteration, in seconds per iteration.</param>
public sealed record Launch(int Round, IReadOnlyList<double> IterationSeconds);

/// <summary>How many times slower one client pattern is than another on the same target.</summary>
public sealed record ResultRatio
{
    /// <summary>The target's id.</summary>
    public required string Target { get; init; }

    /// <summary>What else tells rows apart, by name.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

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

/// <summary>What became of a row.</summary>
public enum RowStatus
{
    /// <summary>Measured as planned.</summary>
    Measured,

    /// <summary>Interrupted after at least one complete launch.</summary>
    Partial,

    /// <summary>The target did not answer.</summary>
    Unreachable,

    /// <summary>A request failed, or the connections were not as declared.</summary>
    Failed,

    /// <summary>This platform cannot do it.</summary>
    Unsupported,

    /// <summary>The run ended before it.</summary>
    NotRun,
}
