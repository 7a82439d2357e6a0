using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.NoEmit;
using ConnectionReuse.Turns.BenchmarkDotNet;
using Xunit;

namespace ConnectionReuse.BenchmarkDotNet.Tests;

/// <summary>Connections are counted in the process of a benchmark that knows nothing of it.</summary>
[Collection(nameof(BenchmarkRuns))]
public sealed class ConnectionsDiagnoserTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("diagnoser-test-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Clients_are_told_apart_in_metrics_in_columns_and_by_a_warning()
    {
        var log = new AccumulationLogger();
        var config = new ManualConfig()
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddLogger(log)
            .AddJob(TurnsRun.Iterations(4).WithToolchain(new PrebuiltToolchain()))
            .WithArtifactsPath(_folder.FullName);

        var summary = BenchmarkRunner.Run<ClientToy>(config);

        Assert.All([false, true], tls =>
        {
            double handshakes = tls ? 1 : 0;
            Assert.Equal([("Connections/op", 0), ("Connections/request", 0), ("TLS handshakes/op", 0)], MetricsOf(summary, nameof(ClientToy.Shared), tls));
            Assert.Equal([("Connections/op", 1), ("Connections/request", 1), ("TLS handshakes/op", handshakes)], MetricsOf(summary, nameof(ClientToy.Fresh), tls));
            Assert.Equal([("Connections/op", 1), ("Connections/request", 0.5), ("TLS handshakes/op", handshakes)], MetricsOf(summary, nameof(ClientToy.FreshForTwo), tls));
        });
        Assert.Empty(((string[])["Connections/op", "Connections/request", "TLS handshakes/op"]).Except(summary.Table.Columns.Where(column => column.NeedToShow).Select(column => column.Header)));
        var warnings = log.GetLog().Split('\n').Where(line => line.Contains("so it times their opening", StringComparison.Ordinal)).ToArray();
        Assert.Equal(2, warnings.Length); // with TLS and without
        Assert.All(warnings, line => Assert.Contains("ClientToy.Fresh: ", line, StringComparison.Ordinal));
        Assert.All(warnings, line => Assert.Contains("It opened 4 connections for 4 requests", line, StringComparison.Ordinal));
    }

    [Fact]
    public void A_toolchain_without_a_process_is_told_that_nothing_is_counted()
    {
        var log = new AccumulationLogger();
        var config = new ManualConfig()
            .AddLogger(log)
            .AddJob(TurnsRun.Iterations(1).WithToolchain(InProcessNoEmitToolchain.Instance))
            .WithArtifactsPath(_folder.FullName);

        var summary = BenchmarkRunner.Run<ClientToy>(config);

        Assert.All(summary.Reports, report => Assert.Empty(report.Metrics));
        Assert.Contains("Connections are counted in a process of the benchmark's own", log.GetLog(), StringComparison.Ordinal);
    }

    private static (string, double)[] MetricsOf(Summary summary, string method, bool tls) =>
    [
        .. summary.Reports.Single(report => report.BenchmarkCase.Descriptor.WorkloadMethod.Name == method && (bool)report.BenchmarkCase.Parameters["Tls"]! == tls)
            .Metrics.Values.Where(metric => metric.Descriptor.Id.Contains('/', StringComparison.Ordinal)).Select(metric => (metric.Descriptor.Id, metric.Value)).Order(),
    ];
}
