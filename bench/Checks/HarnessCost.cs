using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Filters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using ConnectionReuse.Bench.Benchmarks;
using ConnectionReuse.Bench.Comparing;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.BenchmarkDotNet;
using ConnectionReuse.Reporting.Statistics;
using ConnectionReuse.Results;

namespace ConnectionReuse.Bench.Checks;

/// <summary>What the suite adds to the shared row: its benchmark and a bare loop take turns, in as many sets of processes as asked.</summary>
internal static class HarnessCost
{
    /// <summary>How far the shared row may lie from the bare loop.</summary>
    public const double Limit = 0.02;

    private const int Turns = 40;
    private const int Rehearsals = 2;

    /// <summary>Measures one target.</summary>
    /// <param name="context">Where the servers are.</param>
    /// <param name="targetId">The target.</param>
    /// <param name="requests">Requests of an iteration.</param>
    /// <param name="sets">Sets of processes.</param>
    /// <param name="seed">Decides every order.</param>
    /// <param name="interrupted">Ends it.</param>
    /// <returns>Suite over bare loop, one ratio for each set.</returns>
    /// <exception cref="IOException">A launch brought no times.</exception>
    public static async Task<IReadOnlyList<double>> MeasureAsync(RunContext context, string targetId, int requests, int sets, int seed, CancellationToken interrupted)
    {
        ArgumentNullException.ThrowIfNull(context);
        var (suite, bare) = targetId == TargetIds.KestrelHttp ? (typeof(KestrelHttp), typeof(PlainLoopHttp)) : (typeof(KestrelHttps), typeof(PlainLoopHttps));
        var plan = new RowPlan(requests, LeadIn: Math.Max(1, requests / 10), Turns, IterationsOfATurn: 1);
        await using var folder = TemporaryFolder.Create();
        (context with { Rows = new[] { suite, bare }.ToDictionary(PlainLoop.NameOf, _ => plan) }).Announce(folder.FullName);
        try
        {
            var seconds = new Dictionary<(Type Type, int Set), double[]>();
            var turns = new TurnsToolchain(new PrebuiltToolchain(), new TurnsOptions
            {
                GroupOf = _ => targetId,
                OnOneCore = true,
                Seed = seed,
                Launched = launched => seconds[(launched.Benchmark.Descriptor.Type, launched.Launch)] = TimesOf(launched.Result.Measurements),
                Interrupted = interrupted,
            });
            var errors = new ErrorLines();
            var config = new ManualConfig()
                .AddColumnProvider(DefaultColumnProviders.Instance)
                .AddJob(Jobs.Ours.WithSettings(PassedOn.Nothing).WithLaunchCount(sets).WithIterationCount(plan.Iterations).WithWarmupCount(0).TakingTurns<JitWarmupEngineFactory>(turns))
                .AddFilter(new NameFilter(name => name == nameof(KestrelHttp.Shared)))
                .AddLogger(errors)
                .WithArtifactsPath(folder.FullName);
            BenchmarkRunInfo[] runs = [BenchmarkConverter.TypeToBenchmarks(suite, config), BenchmarkConverter.TypeToBenchmarks(bare, config)];
            var summaries = BenchmarkRunner.Run(runs);
            interrupted.ThrowIfCancellationRequested();
            if (seconds.Count == 0)
            {
                throw new IOException(WhyNotRun.Of(runs[0].BenchmarksCases[0], summaries, errors.Lines));
            }

            return [.. Enumerable.Range(1, sets).Select(set => Ratio(seconds.GetValueOrDefault((suite, set)) ?? [], seconds.GetValueOrDefault((bare, set)) ?? []))];
        }
        finally
        {
            RunContext.Retract();
        }
    }

    private static double[] TimesOf(IEnumerable<Measurement> measurements) => [.. measurements
        .Where(measurement => measurement is { IterationMode: IterationMode.Workload, IterationStage: IterationStage.Actual })
        .Select(measurement => measurement.Nanoseconds)];

    // The first turns of a set meet caches that nobody used yet.
    private static double Ratio(double[] suite, double[] bare)
    {
        var ratios = suite.Zip(bare, (with, without) => with / without).Skip(Rehearsals).ToArray();
        return ratios.Length > 0 ? Samples.Median(ratios) : throw new IOException("a launch of the benchmark brought no result");
    }
}
