using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Filters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using ConnectionReuse.Bench.Benchmarks;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.BenchmarkDotNet;
using ConnectionReuse.Reporting.Statistics;
using ConnectionReuse.Targets;

namespace ConnectionReuse.Bench.Checks;

/// <summary>
/// The suite's <c>shared</c> row over a bare loop in a plain program: before each of its iterations the benchmark has
/// the plain program run the same requests, so that both see the same moment of the machine.
/// </summary>
public static class HarnessCost
{
    /// <summary>How far from the plain loop the suite may be, as a share.</summary>
    public const double Limit = 0.03;

    private const int Iterations = 100;

    /// <summary>Runs one launch of the row: its time over the plain program's, the median over its iterations.</summary>
    /// <param name="context">Where servers and plain program are.</param>
    /// <param name="targetId">The control.</param>
    /// <param name="interrupted">Ends the launch.</param>
    /// <exception cref="IOException">The launch brought no result.</exception>
    public static double Measure(RunContext context, string targetId, CancellationToken interrupted)
    {
        ArgumentNullException.ThrowIfNull(context);
        var shared = Directory.CreateTempSubdirectory("connection-reuse-");
        context.Save(shared.FullName);
        Environment.SetEnvironmentVariable(RunContext.Variable, shared.FullName);
        try
        {
            using var launches = new ConnectionsDiagnoser(shared.FullName, interrupted);
            var type = targetId == TargetIds.KestrelHttp ? typeof(KestrelHttp) : typeof(KestrelHttps);
            var config = new ManualConfig()
                .AddColumnProvider(DefaultColumnProviders.Instance)
                .AddJob([.. Jobs.OfRounds(Jobs.Ours.WithLaunchCount(1).WithIterationCount(Iterations), type, launchesAsked: true, context.Requests)])
                .AddFilter(new NameFilter(name => name == nameof(KestrelHttp.Shared)))
                .AddDiagnoser(launches)
                .AddLogger(NullLogger.Instance)
                .WithArtifactsPath(shared.FullName);
            var summary = BenchmarkRunner.Run(BenchmarkConverter.TypeToBenchmarks(type, config));
            interrupted.ThrowIfCancellationRequested();
            return Ratio(summary.Reports.Single(), launches);
        }
        finally
        {
            Environment.SetEnvironmentVariable(RunContext.Variable, null);
            shared.Delete(recursive: true);
        }
    }

    private static double Ratio(BenchmarkReport report, ConnectionsDiagnoser launches)
    {
        var timed = report.AllMeasurements
            .Where(measurement => measurement is { IterationMode: IterationMode.Workload, IterationStage: IterationStage.Actual })
            .Select(measurement => measurement.Nanoseconds / 1e9);
        var plain = launches.Of(report.BenchmarkCase).SelectMany(report => report.Iterations).Select(iteration => iteration.PlainLoopSeconds!.Value);
        var ratios = timed.Zip(plain, (suite, loop) => suite / loop).ToArray();
        return ratios.Length > 0 ? Samples.Median(ratios) : throw new IOException("a launch of the benchmark brought no result");
    }
}
