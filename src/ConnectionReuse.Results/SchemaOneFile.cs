namespace ConnectionReuse.Results;

/// <summary>A result file of schema 1, as far as it is converted.</summary>
internal sealed record SchemaOneFile(SchemaOneEnvironment Environment, IReadOnlyList<SchemaOneRow> Rows, IReadOnlyList<SchemaOneRatio> Ratios);

/// <summary>Its environment, which told the runs too: a line of <see cref="CommandLine"/> for each.</summary>
internal sealed record SchemaOneEnvironment
{
    public string? Commit { get; init; }

    public bool? Dirty { get; init; }

    public required string Os { get; init; }

    public required string Kernel { get; init; }

    public string? TcpCongestionControl { get; init; }

    public string? Cpu { get; init; }

    public required string Architecture { get; init; }

    public required int LogicalCores { get; init; }

    public required long MemoryBytes { get; init; }

    public required string Placement { get; init; }

    public IReadOnlyList<string>? RuntimeSettings { get; init; }

    public string? Sdk { get; init; }

    public required string Runtime { get; init; }

    public required string BenchmarkDotNet { get; init; }

    public required string WireMock { get; init; }

    public required DateTimeOffset Start { get; init; }

    public required double DurationSeconds { get; init; }

    public required string CommandLine { get; init; }
}

/// <summary>A row: counts as means over iterations or requests, parameters by magic names.</summary>
internal sealed record SchemaOneRow
{
    public required string Target { get; init; }

    public required string Url { get; init; }

    public required string Client { get; init; }

    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    public required RowStatus Status { get; init; }

    public string? Reason { get; init; }

    public required int Requests { get; init; }

    public IReadOnlyList<Launch> Launches { get; init; } = [];

    public double? Median { get; init; }

    public double? Low { get; init; }

    public double? High { get; init; }

    public double? Connections { get; init; }

    public double? ConnectionsOpened { get; init; }

    public double? PoolConnectionsOpened { get; init; }

    public double? KernelConnectionsOpened { get; init; }

    public double? FullHandshakes { get; init; }

    public double? ResumedHandshakes { get; init; }

    public int Failures { get; init; }

    public double? AllocatedBytesPerRequest { get; init; }

    public double? WireBytesPerRequest { get; init; }

    public double? CompiledMethods { get; init; }

    public string? HttpVersion { get; init; }

    public string? TlsProtocol { get; init; }

    public ResultLink? Link { get; init; }

    public PhaseTimes? Phases { get; init; }

    public string? Tool { get; init; }

    public bool? ToolChecksCertificates { get; init; }

    public string? Advice { get; init; }

    public CallTimes? CallTimes { get; init; }
}

/// <summary>A ratio, which did not say what it is held against.</summary>
internal sealed record SchemaOneRatio
{
    public required string Target { get; init; }

    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    public required string Slow { get; init; }

    public required string Fast { get; init; }

    public required double Value { get; init; }

    public required double Low { get; init; }

    public required double High { get; init; }

    public required double Confidence { get; init; }

    public required int Rounds { get; init; }

    public required double SavedMillisecondsPerCall { get; init; }

    public ModelFigures? Model { get; init; }
}
