using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ConnectionReuse.Reporting.Rows;
using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.Reports;

/// <summary>
/// A result file as BenchmarkDotNet's full JSON, with the members that BenchmarkDotNet itself writes: the one file for tools
/// that read those, such as Bencher, dotnet/performance's ResultsComparer and github-action-benchmark. An operation is a
/// request, because iterations of one row have more of them in one run than in another. Rows without times are left out,
/// because those tools want figures of each.
/// </summary>
internal static class BenchmarkDotNetJson
{
    private const string Root = "ConnectionReuse";

    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The text; it ends with a line feed.</summary>
    public static string Of(ResultFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var title = file.Start.UtcDateTime.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        return new JsonObject
        {
            ["Title"] = $"{Root}-{title}",
            ["HostEnvironmentInfo"] = Host(file.Environment),
            ["Benchmarks"] = new JsonArray([.. file.Rows.Where(row => row.HasTimes()).DistinctBy(FullName).Select(row => (JsonNode)Benchmark(row))]),
        }.ToJsonString(Compact) + "\n";
    }

    // What a file does not know is left out rather than null, which readers with plain numbers refuse.
    private static JsonObject Host(RunEnvironment environment)
    {
        var host = new JsonObject
        {
            ["BenchmarkDotNetCaption"] = "BenchmarkDotNet",
            ["BenchmarkDotNetVersion"] = environment.BenchmarkDotNet,
            ["OsVersion"] = environment.Os,
            ["ProcessorName"] = environment.Cpu ?? "",
        };
        Add("PhysicalProcessorCount", environment.PhysicalProcessors);
        Add("PhysicalCoreCount", environment.PhysicalCores);
        host["LogicalCoreCount"] = environment.LogicalCores;
        host["RuntimeVersion"] = environment.Runtime;
        host["Architecture"] = ArchitectureName(environment.Architecture);
        host["HasAttachedDebugger"] = false; // the program starts the processes that measure
        host["HasRyuJit"] = true; // as every .NET since Core
        host["Configuration"] = "RELEASE";
        host["DotNetCliVersion"] = environment.Sdk ?? "";
        Add("ChronometerFrequency", environment.TimerHertz is { } hertz ? new JsonObject { ["Hertz"] = hertz } : null);
        host["HardwareTimerKind"] = "Unknown"; // BenchmarkDotNet's word where it cannot tell
        return host;

        void Add(string name, JsonNode? value)
        {
            if (value is not null)
            {
                host[name] = value;
            }
        }
    }

    // .NET's own spelling, such as X64: ResultsComparer knows no other.
    private static string ArchitectureName(string name) =>
        Enum.TryParse<Architecture>(name, ignoreCase: true, out var architecture) ? architecture.ToString() : name;

    // The names by which a row is found again in another file. Bencher takes Namespace.Method, the other tools FullName: here
    // the two are the same. So that no two rows share a name, the target is part of the namespace, and whatever else tells
    // comparisons apart (ParameterText) is part of the method. Neither a local target's port nor the count of requests is
    // part of it: they may differ from run to run.
    private static string NamespaceOf(ResultRow row) => $"{Root}.{row.Target}";

    private static string MethodOf(ResultRow row) =>
        ParametersOf(row) is { Length: > 0 } parameters ? $"{row.Client}({parameters})" : row.Client;

    private static string FullName(ResultRow row) => $"{NamespaceOf(row)}.{MethodOf(row)}";

    private static string ParametersOf(ResultRow row) => ParameterText.Sorted(row.Parameters, ", ", ": ");

    private static JsonObject Benchmark(ResultRow row)
    {
        var benchmark = new JsonObject
        {
            ["DisplayInfo"] = FullName(row),
            ["Namespace"] = NamespaceOf(row),
            ["Type"] = row.Target,
            ["Method"] = MethodOf(row),
            ["MethodTitle"] = row.Client,
            ["Parameters"] = ParametersOf(row),
            ["FullName"] = FullName(row),
            ["HardwareIntrinsics"] = "",
            ["Statistics"] = BenchmarkDotNetStatistics.Of(
                [.. row.Launches.SelectMany(launch => launch.IterationSeconds).Select(seconds => Nanoseconds(seconds) / row.Requests)]),
            ["Memory"] = Memory(row),
            ["Measurements"] = new JsonArray([.. row.Launches.SelectMany(launch => launch.IterationSeconds.Select((seconds, index) => (JsonNode)new JsonObject
            {
                ["IterationMode"] = "Workload",
                ["IterationStage"] = "Result",
                ["LaunchIndex"] = launch.Round,
                ["IterationIndex"] = index + 1,
                ["Operations"] = row.Requests,
                ["Nanoseconds"] = Nanoseconds(seconds),
            }))]),
        };
        if (BenchmarkDotNetMetrics.Of(row) is { Count: > 0 } metrics)
        {
            benchmark["Metrics"] = metrics;
        }

        return benchmark;
    }

    // Both Bencher and ResultsComparer want all five of every row: 0 is what BenchmarkDotNet writes where it counted nothing.
    private static JsonObject Memory(ResultRow row) => new()
    {
        ["Gen0Collections"] = row.Counts?.Gen0Collections ?? 0,
        ["Gen1Collections"] = row.Counts?.Gen1Collections ?? 0,
        ["Gen2Collections"] = row.Counts?.Gen2Collections ?? 0,
        ["TotalOperations"] = (long)row.Requests * row.Launches.Sum(launch => launch.IterationSeconds.Count),
        ["BytesAllocatedPerOperation"] = (long)Math.Round(row.AllocatedBytesPerRequest ?? 0),
    };

    // A sample is a whole number of nanoseconds, as BenchmarkDotNet has them.
    private static double Nanoseconds(double seconds) => Math.Round(seconds * 1e9);
}
