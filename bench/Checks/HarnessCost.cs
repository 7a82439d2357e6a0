using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Filters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using ConnectionReuse.Bench.Benchmarks;
using ConnectionReuse.Bench.Comparing;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Measuring;
using ConnectionReuse.Reporting.Statistics;
using ConnectionReuse.Results;
using ConnectionReuse.Turns.BenchmarkDotNet;

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
        var plan = new RowPlan(requests, LeadIn.Of(requests), Turns, IterationsOfATurn: 1);
        await using var folder = TemporaryFolder.Create();
        (context with { Rows = new[] { suite, bare }.ToDictionary(PlainLoop.NameOf, _ => plan) }).Announce(folder.FullName);
        try
        {
            var launches = new List<Launched>();
            var turns = new TurnsToolchain(new PrebuiltToolchain(), new TurnsOptions
            {
                GroupOf = _ => targetId,
                OnOneCore = true,
                Seed = seed,
                Launched = launches.Add,
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
            if (launches.Find(launched => !launched.Result.IsSuccess) is { } failed)
            {
                throw new IOException($"{failed.Benchmark.Descriptor.Type.Name} brought no times: {WhyNotRun.Thrown(failed.Result.Results)}");
            }

            if (launches.Count < 2 * sets)
            {
                throw new IOException(WhyNotRun.Of(runs[0].BenchmarksCases[0], summaries, errors.Lines));
            }

            return [.. launches.GroupBy(launched => launched.Launch).Select(set => Ratio(Times(set, suite), Times(set, bare)))];
        }
        finally
        {
            RunContext.Retract();
        }
    }

    private static IEnumerable<double> Times(IEnumerable<Launched> set, Type type) => set
        .Single(launched => launched.Benchmark.Descriptor.Type == type).Result.Measurements
        .Where(measurement => measurement is { IterationMode: IterationMode.Workload, IterationStage: IterationStage.Actual })
        .Select(measurement => measurement.Nanoseconds);

    // The first turns of a set meet caches that nobody used yet.
    private static double Ratio(IEnumerable<double> suite, IEnumerable<double> bare) =>
        Samples.Median([.. suite.Zip(bare, (with, without) => with / without).Skip(Rehearsals)]);
}
