using System.Text.Json.Nodes;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters.Json;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.NoEmit;
using ConnectionReuse.Reporting.Reports;
using ConnectionReuse.Results;
using ConnectionReuse.Tests.Charts;
using Xunit;

namespace ConnectionReuse.Tests.Reports;

/// <summary>The export has the members that BenchmarkDotNet itself writes of a benchmark, and no other.</summary>
public sealed class BenchmarkDotNetMembersTests(BenchmarkDotNetMembersTests.OwnExport theirs) : IClassFixture<BenchmarkDotNetMembersTests.OwnExport>
{
    private static readonly JsonNode Ours = JsonNode.Parse(BenchmarkDotNetJson.Of(SampleMeasurements.Everything() is var file
        ? file with
        {
            Environment = file.Environment with { PhysicalProcessors = 1, PhysicalCores = 1, TimerHertz = 1_000_000_000 },
            Rows = [.. file.Rows.Select(row => row with { CallTimes = CallTimes.Of([0.001, 0.002, 0.003]) })],
        }
        : null!))!;

    [Fact]
    public void Every_member_is_one_that_it_writes_and_none_is_missing() =>
        Assert.Equal(Paths(theirs.Json).Distinct().Order(StringComparer.Ordinal), Paths(Ours).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void A_member_is_of_the_kind_that_it_writes()
    {
        var kinds = Kinds(theirs.Json).ToLookup(leaf => leaf.Path, leaf => leaf.Kind);

        Assert.All(Kinds(Ours), leaf => Assert.Contains(leaf.Kind, kinds[leaf.Path]));
    }

    [Fact]
    public void Allocated_memory_is_described_as_its_memory_diagnoser_does() => Assert.True(JsonNode.DeepEquals(
        Descriptor(theirs.Json, "Allocated Memory"), Descriptor(Ours, "Allocated Memory")), Descriptor(theirs.Json, "Allocated Memory").ToJsonString());

    [Theory]
    [InlineData("Call p50", 2e6)]
    [InlineData("Call p90", 3e6)]
    [InlineData("Call p99", 3e6)]
    [InlineData("Call max", 3e6)]
    public void Percentiles_of_single_calls_are_metrics_of_time(string id, double nanoseconds)
    {
        var metric = Ours["Benchmarks"]![0]!["Metrics"]!.AsArray().Single(one => (string)one!["Descriptor"]!["Id"]! == id)!;

        Assert.Equal(nanoseconds, (double)metric["Value"]!);
        Assert.Equal(((int)UnitType.Time, "ns"), ((int)metric["Descriptor"]!["UnitType"]!, (string)metric["Descriptor"]!["Unit"]!));
    }

    private static JsonNode Descriptor(JsonNode file, string id) => file["Benchmarks"]!.AsArray()
        .SelectMany(benchmark => benchmark!["Metrics"]?.AsArray() ?? [])
        .Select(metric => metric!["Descriptor"]!)
        .First(descriptor => (string)descriptor["Id"]! == id);

    private static IEnumerable<string> Paths(JsonNode? node, string at = "") => node switch
    {
        JsonObject members => members.SelectMany(member => Paths(member.Value, $"{at}.{member.Key}").Prepend($"{at}.{member.Key}")),
        JsonArray items => items.SelectMany(item => Paths(item, $"{at}[]")),
        _ => [],
    };

    private static IEnumerable<(string Path, string Kind)> Kinds(JsonNode? node, string at = "") => node switch
    {
        JsonObject members => members.SelectMany(member => Kinds(member.Value, $"{at}.{member.Key}")),
        JsonArray items => items.Count > 0 && items[0] is JsonObject ? items.SelectMany(item => Kinds(item, $"{at}[]")) : [(at, "array")],
        null => [],
        _ => [(at, node.GetValueKind().ToString().Replace("True", "False", StringComparison.Ordinal))],
    };

    /// <summary>What BenchmarkDotNet's own exporter writes of a trivial benchmark.</summary>
    public sealed class OwnExport : IDisposable
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("connection-reuse-export-");

        public OwnExport()
        {
            var config = ManualConfig.CreateEmpty()
                .AddJob(Job.Dry.WithIterationCount(5).WithToolchain(InProcessNoEmitToolchain.Instance))
                .AddDiagnoser(MemoryDiagnoser.Default)
                .AddColumnProvider(DefaultColumnProviders.Instance)
                .AddLogger(NullLogger.Instance)
                .WithOptions(ConfigOptions.DisableOptimizationsValidator)
                .WithArtifactsPath(_folder.FullName);
            var log = new AccumulationLogger();
            JsonExporter.Full.ExportToLog(BenchmarkRunner.Run<Trivial>(config), log);
            Json = JsonNode.Parse(log.GetLog().Replace(":NaN", ":0", StringComparison.Ordinal))!;
        }

        /// <summary>The file that it writes.</summary>
        public JsonNode Json { get; }

        /// <inheritdoc/>
        public void Dispose() => _folder.Delete(recursive: true);
    }

    /// <summary>As little as a benchmark can be.</summary>
    public class Trivial
    {
        private int _calls;

        /// <summary>Allocates a little more each time, so that no two iterations are alike.</summary>
        [Benchmark]
        public byte[] Allocate() => new byte[10_000 * ++_calls];
    }
}
