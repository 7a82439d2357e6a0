using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using ConnectionReuse.Turns.BenchmarkDotNet;
using Xunit;

namespace ConnectionReuse.BenchmarkDotNet.Tests;

/// <summary>An attribute is all that a class needs for turns.</summary>
[Collection(nameof(BenchmarkRuns))]
public sealed class TakeTurnsTests : IDisposable
{
    private readonly TurnsRun _run = new(); // for its diary
    private readonly AccumulationLogger _log = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public void Connections_are_counted_in_turns_too()
    {
        var summary = Run<ClientToyInTurns>();

        Assert.Equal([(nameof(Clients.Fresh), 1), (nameof(Clients.Shared), 0)], summary.Reports
            .Select(report => (report.BenchmarkCase.Descriptor.WorkloadMethod.Name, report.Metrics["Connections/op"].Value)).Order());
    }

    [Fact]
    public void The_methods_of_a_class_with_the_attribute_take_turns()
    {
        var summary = Run<ThirdToy>();

        Assert.True(summary.Reports.All(report => report.Success), _log.GetLog());
        Assert.Equal(["warm", "warm"], TurnsRun.Entries.Take(2));
        Assert.Contains(TurnsRun.Order, (string[])["ABBAABBA", "ABBABAAB", "BAABABBA", "BAABBAAB"]);
    }

    [Fact]
    public void What_is_no_engine_factory_is_refused_by_its_name()
    {
        var refusal = Assert.Throws<ArgumentException>(() => new TakeTurnsAttribute { EngineFactory = typeof(string) }.Config);

        Assert.StartsWith("System.String is no engine factory with a public constructor without parameters", refusal.Message, StringComparison.Ordinal);
    }

    private Summary Run<T>()
    {
        var folder = Directory.CreateTempSubdirectory("take-turns-test-");
        try
        {
            return BenchmarkRunner.Run<T>(new ManualConfig().AddLogger(_log).AddJob(TurnsRun.Iterations(4)).WithArtifactsPath(folder.FullName));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}

/// <summary>The first toy again, whose class asks for turns.</summary>
[TakeTurns(Seed = 1)]
public class ThirdToy : FirstToy;
