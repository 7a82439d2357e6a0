using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using ConnectionReuse.Bench.Comparing;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Reporting.Statistics;
using ConnectionReuse.Turns.BenchmarkDotNet;

namespace ConnectionReuse.Bench.Checks;

/// <summary>How far two equal benchmarks lie apart, one after the other as BenchmarkDotNet runs them, and in turns.</summary>
internal static class TurnsEffect
{
    private const int Iterations = 24;
    private const int Warmups = 4;

    /// <summary>Measures them.</summary>
    /// <param name="inTurns">Whether they take turns.</param>
    /// <param name="onOneCore">Whether all processes share the last core, which serves the fewest interrupts.</param>
    /// <param name="launches">Sets of processes.</param>
    /// <param name="seed">Decides the order of the turns.</param>
    /// <param name="interrupted">Ends it.</param>
    /// <returns>The time of the one over that of the other, one ratio for each launch.</returns>
    /// <exception cref="IOException">A launch brought no times.</exception>
    public static async Task<Spread> MeasureAsync(bool inTurns, bool onOneCore, int launches, int seed, CancellationToken interrupted)
    {
        await using var folder = TemporaryFolder.Create();
        var job = new Job("Equal").WithStrategy(RunStrategy.Monitoring).WithInvocationCount(1).WithUnrollFactor(1)
            .WithWarmupCount(Warmups).WithIterationCount(Iterations).WithLaunchCount(launches);
        job = onOneCore ? job.WithAffinity((nint)(1L << (Math.Min(Environment.ProcessorCount, 63) - 1))) : job;
        var toolchain = new PrebuiltToolchain(); // for both: what is compared is the order
        var errors = new ErrorLines();
        var config = new ManualConfig()
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddJob(inTurns ? job.TakingTurns(new TurnsToolchain(toolchain, new TurnsOptions { Seed = seed, OnOneCore = onOneCore, Interrupted = interrupted })) : job.WithToolchain(toolchain))
            .AddLogger(errors)
            .WithArtifactsPath(folder.FullName);
        var run = BenchmarkConverter.TypeToBenchmarks(typeof(EqualWork), config);
        var summary = BenchmarkRunner.Run(run);
        interrupted.ThrowIfCancellationRequested();
        var (one, other) = (MediansOf(summary, nameof(EqualWork.One)), MediansOf(summary, nameof(EqualWork.Other)));
        return one.Length == launches && other.Length == launches
            ? new Spread([.. one.Zip(other, (left, right) => left / right)])
            : throw new IOException(WhyNotRun.Of(run.BenchmarksCases[0], [summary], errors.Lines));
    }

    private static double[] MediansOf(Summary summary, string method) => [.. summary.Reports
        .Where(report => report.BenchmarkCase.Descriptor.WorkloadMethod.Name == method)
        .SelectMany(report => report.AllMeasurements)
        .Where(measurement => measurement is { IterationMode: IterationMode.Workload, IterationStage: IterationStage.Actual })
        .GroupBy(measurement => measurement.LaunchIndex)
        .OrderBy(launch => launch.Key)
        .Select(launch => Samples.Median(launch.Select(measurement => measurement.Nanoseconds)))];
}

/// <summary>Ratios that should all be 1.</summary>
/// <param name="Ratios">The ratios.</param>
internal sealed record Spread(IReadOnlyList<double> Ratios)
{
    /// <summary>How far from 1 the middle one of them lies, whichever way, as a share.</summary>
    public double Middle => Math.Exp(Samples.Median(Ratios.Select(ratio => Math.Abs(Math.Log(ratio))))) - 1;

    /// <summary>The spread in one line.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Ratios.Min():0.000}x to {Ratios.Max():0.000}x over {Ratios.Count} launches, {Middle:0.0%} apart in the middle");
}
