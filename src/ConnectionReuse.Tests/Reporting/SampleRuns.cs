using ConnectionReuse.Clients;
using ConnectionReuse.Peers;
using ConnectionReuse.Reporting.Rows;
using ConnectionReuse.Results;

namespace ConnectionReuse.Tests.Reporting;

/// <summary>Result files as runs would leave them, with made-up times.</summary>
internal static class SampleRuns
{
    /// <summary>Where the time of made-up calls went.</summary>
    public static readonly PhaseTimes FreshPhases = new()
    {
        Blocks = 21,
        Calls = 100,
        DnsSeconds = 0.11e-3,
        ConnectSeconds = 0.13e-3,
        TlsSeconds = 0.97e-3,
        FirstByteSeconds = 0.24e-3,
        BodySeconds = 0.004e-3,
        ClientSeconds = 0.426e-3,
        MeasuredSeconds = 1.88e-3,
        Disagreement = 0.0011,
    };

    /// <summary>The same over a connection that is open.</summary>
    public static readonly PhaseTimes SharedPhases = FreshPhases with
    {
        DnsSeconds = 0,
        ConnectSeconds = 0,
        TlsSeconds = 0,
        FirstByteSeconds = 0.098e-3,
        BodySeconds = 0.0041e-3,
        ClientSeconds = 0.0509e-3,
        MeasuredSeconds = 0.153e-3,
    };

    public const string RealUrl = "https://www.wikipedia.org/";

    /// <summary>A run of the comparison.</summary>
    public static readonly Run Comparison = new()
    {
        Kind = RunKind.Comparison,
        CommandLine = "--offline --filter '*Kestrel*'",
        Start = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
        DurationSeconds = 61.25,
    };

    // How launches and iterations differ; the launches' factors keep the order of the rounds apart from their values.
    private static readonly double[] Launches = [1.00, 1.04, 0.97, 1.02, 0.95];
    private static readonly double[] Iterations = [1.00, 0.99, 1.07, 1.01, 0.98];

    public static RunEnvironment Environment { get; } = new RunEnvironment
    {
        Commit = "0123456789abcdef0123456789abcdef01234567",
        Dirty = true,
        Os = "Debian GNU/Linux 13",
        Kernel = "6.1.0",
        TcpCongestionControl = "cubic",
        Cpu = "Example CPU @ 2.80GHz",
        Architecture = "x64",
        LogicalCores = 2,
        MemoryBytes = 8L << 30,
        Placement = "client and server on one core",
        Sdk = "10.0.100",
        Runtime = ".NET 10.0.0",
        BenchmarkDotNet = "0.15.8",
        WireMock = "1.25.0",
    };

    public static ResultFile Run(params IEnumerable<ResultRow> rows)
    {
        ResultRow[] complete = [.. rows.Select(row => row.WithFigures())];
        return new ResultFile
        {
            Environment = Environment,
            Runs = [Comparison],
            Rows = complete,
            Ratios = Ratios.Of(complete),
        };
    }

    /// <summary>A measured row of 5 iterations in each launch.</summary>
    /// <param name="target">The target's id.</param>
    /// <param name="client">The client pattern's id.</param>
    /// <param name="milliseconds">A typical call.</param>
    /// <param name="noise">How far the row's launches follow the common factors; tells rows of one round apart.</param>
    /// <param name="launches">At most 5.</param>
    public static ResultRow Row(string target, string client, double milliseconds, double noise = 1, int launches = 5) =>
        Empty(target, client, RowStatus.Measured) with
        {
            Launches =
            [
                .. Launches.Take(launches).Select((launch, index) => new Launch(
                    index + 1,
                    [.. Iterations.Select(iteration => 0.1 * milliseconds * iteration * Math.Pow(launch, noise))])),
            ],
            Counts = new Counts
            {
                Requests = 100,
                Carrying = client.Contains("shared", StringComparison.Ordinal) ? 1 : 100,
                Opened = client.Contains("shared", StringComparison.Ordinal) ? 0 : 100,
                FullHandshakes = !IsHttps(target) ? null : client.EndsWith("full", StringComparison.Ordinal) ? 100 : 0,
                ResumedHandshakes = !IsHttps(target) ? null : client.EndsWith("fresh", StringComparison.Ordinal) ? 100 : 0,
                WireBytes = 34500,
            },
            CountedIterations = 1,
            AllocatedBytesPerRequest = 4321.5,
            HttpVersion = "1.1",
            TlsProtocol = IsHttps(target) ? "1.3" : null,
        };

    /// <summary>A row without times.</summary>
    public static ResultRow Empty(string target, string client, RowStatus status, string? reason = null) => new()
    {
        Target = target,
        Url = target == TargetIds.Real ? RealUrl : IsHttps(target) ? "https://localhost:45678/" : "http://localhost:45679/",
        Client = client,
        Parameters = target == TargetIds.Real ? new RowParameters { Url = RealUrl } : RowParameters.None,
        Declared = ClientPatterns.All.TryGetValue(client, out var pattern) ? pattern.Declare(100) with { Remedy = null } : Tool(client),
        Method = Method.OneAfterAnother,
        Status = status,
        Reason = reason,
        Requests = 100,
    };

    public static IReadOnlyList<ResultRow> WireMockHttp(int launches = 5) =>
    [
        Row(TargetIds.WireMockHttp, "fresh", 0.612, launches: launches),
        Row(TargetIds.WireMockHttp, "shared", 0.287, noise: 0.6, launches),
    ];

    public static IReadOnlyList<ResultRow> KestrelHttps() =>
    [
        Row(TargetIds.KestrelHttps, "fresh", 1.87),
        Row(TargetIds.KestrelHttps, "fresh-full", 2.91, noise: 1.2),
        Row(TargetIds.KestrelHttps, "shared", 0.1534, noise: 0.5),
        Row(TargetIds.KestrelHttps, "floor-fresh", 1.21, noise: 0.9),
        Row(TargetIds.KestrelHttps, "floor-fresh-full", 2.2),
        Row(TargetIds.KestrelHttps, "floor-shared", 0.0612, noise: 1.3),
    ];

    private static Declaration Tool(string client) =>
        PeerTools.All.SelectMany(tool => tool.Rows.Where(row => row.Id == client).Select(row => tool.Declare(row, "8.0"))).FirstOrDefault()
        ?? new Declaration { Statement = "call()", Reuses = false };

    private static bool IsHttps(string target) => target is TargetIds.WireMockHttps or TargetIds.KestrelHttps or TargetIds.Real;
}
