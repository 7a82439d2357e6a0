using System.Text.Json;

namespace ConnectionReuse.Results;

/// <summary>Files of schema 1 as files of today: what they did not say is taken from what was declared then, or left unknown.</summary>
internal static class SchemaOneReader
{
    /// <summary>The file that a text of schema 1 holds.</summary>
    /// <exception cref="JsonException">The text is damaged.</exception>
    public static ResultFile Parse(string json)
    {
        var file = JsonSerializer.Deserialize(json, ResultJsonContext.Default.SchemaOneFile)!;
        Run[] runs = [.. Runs(file.Environment)];
        return new ResultFile
        {
            Environment = Environment(file.Environment),
            Runs = runs,
            Rows = [.. file.Rows.Select(row => Row(row, runs))],
            Ratios = [.. file.Ratios.Select(ratio => Ratio(ratio, file.Rows))],
        };
    }

    private static RunEnvironment Environment(SchemaOneEnvironment old) => new()
    {
        Commit = old.Commit,
        Dirty = old.Dirty,
        Os = old.Os,
        Kernel = old.Kernel,
        TcpCongestionControl = old.TcpCongestionControl,
        Cpu = old.Cpu,
        Architecture = old.Architecture,
        LogicalCores = old.LogicalCores,
        MemoryBytes = old.MemoryBytes,
        Placement = old.Placement,
        RuntimeSettings = old.RuntimeSettings,
        Sdk = old.Sdk,
        Runtime = old.Runtime,
        BenchmarkDotNet = old.BenchmarkDotNet,
        WireMock = old.WireMock,
    };

    // A merged file told one start and the sum of the durations.
    private static IEnumerable<Run> Runs(SchemaOneEnvironment old) => old.CommandLine.Split('\n').Select((line, index) => new Run
    {
        Kind = !line.StartsWith("timeit", StringComparison.Ordinal) ? RunKind.Comparison
            : line.Contains("--documented", StringComparison.Ordinal) ? RunKind.Documented
            : RunKind.Timeit,
        CommandLine = line,
        Start = old.Start,
        DurationSeconds = index == 0 ? old.DurationSeconds : null,
        Fault = line.Split(' ', '=') is var words && Array.IndexOf(words, "--fault") is >= 0 and var at ? words.ElementAtOrDefault(at + 1) ?? "unknown" : null,
    });

    private static ResultRow Row(SchemaOneRow old, Run[] runs)
    {
        var kind = KindOf(old, runs);
        var iterations = Math.Max(1, old.Launches.Sum(launch => launch.IterationSeconds.Count));
        var requests = (long)iterations * old.Requests;
        return new ResultRow
        {
            Target = old.Target,
            Url = old.Url,
            Client = old.Client,
            Parameters = Parameters(old.Parameters, old.Link),
            Declared = FrozenDeclarations.Of(old),
            Run = Array.FindIndex(runs, run => run.Kind == kind),
            Method = kind == RunKind.Comparison ? Method.OneAfterAnother : Method.Timeit,
            Status = old.Status,
            Reason = old.Reason,
            Requests = old.Requests,
            Launches = old.Launches,
            Median = old.Median,
            Low = old.Low,
            High = old.High,
            Counts = (old.Connections ?? old.ConnectionsOpened ?? old.FullHandshakes ?? old.WireBytesPerRequest) is null ? null : new Counts
            {
                Requests = requests,
                Opened = Sum(old.ConnectionsOpened, iterations),
                Carrying = Sum(old.Connections, iterations),
                FullHandshakes = Sum(old.FullHandshakes, iterations),
                ResumedHandshakes = Sum(old.ResumedHandshakes, iterations),
                WireBytes = Sum(old.WireBytesPerRequest, requests),
                CompiledMethods = Sum(old.CompiledMethods, iterations),
                KernelOpened = Sum(old.KernelConnectionsOpened, iterations),
            },
            CountedIterations = iterations,
            PoolConnectionsOpened = old.PoolConnectionsOpened,
            Failures = old.Failures,
            AllocatedBytesPerRequest = old.AllocatedBytesPerRequest,
            HttpVersion = old.HttpVersion,
            TlsProtocol = old.TlsProtocol,
            Phases = old.Phases,
            CallTimes = old.CallTimes,
        };
    }

    private static long? Sum(double? mean, long count) => mean is { } value ? (long)Math.Round(value * count) : null;

    // Which run a row of a merged file came from: the documented session by its link, others by what only one kind could do.
    private static RunKind KindOf(SchemaOneRow row, Run[] runs)
    {
        var byTimeit = row.Tool is not null
            || (!row.Parameters.ContainsKey("class") && (row.Parameters.Keys.Any(name => name is not ("url" or "job"))
                || (!row.Parameters.ContainsKey("url") && row.Launches.Count > 0 && row.Launches.All(launch => launch.IterationSeconds.Count == 1))));
        RunKind[] likeliest = row.Link is { RttMilliseconds: > 122 and < 127, ServerTimeMilliseconds: > 0 } ? [RunKind.Documented, RunKind.Timeit, RunKind.Comparison]
            : byTimeit ? [RunKind.Timeit, RunKind.Documented, RunKind.Comparison]
            : [RunKind.Comparison, RunKind.Timeit, RunKind.Documented];
        return likeliest.First(kind => runs.Any(run => run.Kind == kind));
    }

    private static RowParameters Parameters(IReadOnlyDictionary<string, string> old, ResultLink? link) => new()
    {
        Class = old.GetValueOrDefault("class"),
        Case = old.GetValueOrDefault("case"),
        Url = old.GetValueOrDefault("url"),
        Job = old.GetValueOrDefault("job"),
        Tls = old.GetValueOrDefault("tls"),
        Http = old.GetValueOrDefault("http"),
        Link = link,
    };

    private static ResultRatio Ratio(SchemaOneRatio old, IReadOnlyList<SchemaOneRow> rows)
    {
        var slow = rows.FirstOrDefault(row => row.Target == old.Target && row.Client == old.Slow && row.Parameters.Count == old.Parameters.Count && row.Parameters.All(old.Parameters.Contains));
        return new ResultRatio
        {
            Target = old.Target,
            Parameters = Parameters(old.Parameters, slow?.Link),
            Kind = slow is not null && FrozenDeclarations.Of(slow).Floor == old.Fast ? RatioKind.Floor : RatioKind.Reuse,
            Slow = old.Slow,
            Fast = old.Fast,
            Value = old.Value,
            Low = old.Low,
            High = old.High,
            Confidence = old.Confidence,
            Rounds = old.Rounds,
            SavedMillisecondsPerCall = old.SavedMillisecondsPerCall,
            Model = old.Model,
        };
    }
}
