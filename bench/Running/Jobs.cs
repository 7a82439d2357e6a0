using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Jobs;
using ConnectionReuse.Bench.Benchmarks;
using ConnectionReuse.BenchmarkDotNet;
using ConnectionReuse.Clients;
using ConnectionReuse.Targets;
using Perfolizer.Mathematics.OutlierDetection;

namespace ConnectionReuse.Bench.Running;

/// <summary>How BenchmarkDotNet runs the comparison.</summary>
public static class Jobs
{
    /// <summary>Launches of each row, one in each round.</summary>
    public const int Rounds = 5;

    /// <summary>Timed iterations of a launch that opens a connection per request: each takes 0.1 to 0.2 s with TLS.</summary>
    public const int Iterations = 3;

    /// <summary>Timed iterations of such a launch without TLS: each takes 10 to 20 ms, and the first is often the slowest.</summary>
    public const int PlainIterations = 9;

    /// <summary>Timed iterations of a launch that reuses its connection: each takes milliseconds, and a passing disturbance is large beside it.</summary>
    public const int ReusingIterations = 15;

    /// <summary>Rounds against a server that is not ours: the fewest that give an interval.</summary>
    public const int RealRounds = 3;

    /// <summary>Calls that one row of a real target gets at most, for each request of an iteration.</summary>
    public const int RealCallsPerRequest = 4;

    /// <summary>Rounds of a class outside the default comparison: there are many rows, and the fewest that give an interval.</summary>
    public const int FurtherRounds = 3;

    /// <summary>
    /// Lets hot code of clients and servers reach its last tier within a second. Without it a process on one core waits
    /// a second before it counts calls, and dynamic PGO compiles everything twice. The
    /// thread pool's hill climbing looks for a number of threads that one request at a time does not need, and is
    /// compiled late.
    /// </summary>
    public static IReadOnlyList<EnvironmentVariable> RuntimeSettings { get; } =
    [
        new("DOTNET_TieredPGO", "0"),
        new("DOTNET_TC_CallCountingDelayMs", "1"),
        new("DOTNET_TC_DelaySingleProcMultiplier", "1"),
        new("DOTNET_HillClimbing_Disable", "1"),
    ];

    // Hexadecimal, as the runtime reads it: what is called less often than this belongs to the start, not to the requests.
    private static readonly EnvironmentVariable HotAfterCalls = new("DOTNET_TC_CallCountThreshold", "100");

    /// <summary>The job of a run that names none: one invocation is one iteration, and nothing is taken out.</summary>
    public static Job Ours { get; } = new Job("Round")
        .WithStrategy(RunStrategy.Monitoring)
        .WithLaunchCount(Rounds)
        .WithInvocationCount(1)
        .WithUnrollFactor(1)
        .WithOutlierMode(OutlierMode.DontRemove)
        .WithGcForce(false)
        .WithEnvironmentVariables([.. RuntimeSettings, HotAfterCalls]);

    /// <summary>The jobs of one class: a single-launch job for each round, so that rows can be executed side by side.</summary>
    /// <param name="job">The job that BenchmarkDotNet made of <see cref="Ours"/> and the arguments.</param>
    /// <param name="type">The benchmark class.</param>
    /// <param name="launchesAsked">Whether the arguments name a launch count.</param>
    /// <param name="requests">Requests per iteration.</param>
    public static IEnumerable<Job> OfRounds(Job job, Type type, bool launchesAsked, int requests)
    {
        ArgumentNullException.ThrowIfNull(job);
        var real = type == typeof(RealHttps);
        var rounds = launchesAsked ? job.Run.LaunchCount
            : real ? RealRoundsFor(requests)
            : type.IsSubclassOf(typeof(FurtherComparison)) ? FurtherRounds
            : job.Run.LaunchCount;
        var fixedWarmup = job.HasValue(RunMode.WarmupCountCharacteristic);

        // A real target is spared every warm-up: the control gets it.
        var engine = fixedWarmup && !real ? (IEngineFactory)new FixedWarmupEngineFactory() : new JitWarmupEngineFactory();
        var warmups = fixedWarmup && !real ? job.Run.WarmupCount : 0;
        if (engine is FixedWarmupEngineFactory && !job.HasValue(RunMode.IterationCountCharacteristic))
        {
            job = job.WithIterationCount(Iterations); // without a warm-up of ours nothing knows the pattern in time
        }

        return Enumerable.Range(1, rounds).Select(round => job
            .WithId($"{job.Id}{round}")
            .WithLaunchCount(1)
            .WithWarmupCount(warmups)
            .WithEngineFactory(engine))
            .Select(WithToolchain);
    }

    /// <summary>
    /// Rounds against a server that is not ours: three, or with few requests as many as keep a row below
    /// <see cref="RealCallsPerRequest"/>: one call shows that it answers, and one opens the shared connection of each round.
    /// </summary>
    /// <param name="requests">Requests per iteration.</param>
    public static int RealRoundsFor(int requests) => Math.Clamp(((RealCallsPerRequest * requests) - 1) / (requests + 1), 1, RealRounds);

    /// <summary>Timed iterations of a launch, where the arguments do not name a number. A server that is not ours gets one.</summary>
    public static int IterationsOf(string targetId, ClientPattern pattern)
    {
        ArgumentNullException.ThrowIfNull(targetId);
        ArgumentNullException.ThrowIfNull(pattern);
        return targetId == TargetIds.Real || pattern.Pause > TimeSpan.Zero ? 1 : pattern.Reuses ? ReusingIterations
            : TargetIds.IsTls(targetId) ? Iterations : PlainIterations;
    }

    /// <summary>A job of BenchmarkDotNet's (<c>--job</c>), run as it is but for the build and the priming call.</summary>
    public static Job AsGiven(Job job) => WithToolchain(job.WithEngineFactory(new FixedWarmupEngineFactory()));

    // Arguments such as --runtimes bring a toolchain of their own.
    private static Job WithToolchain(Job job) =>
        job.HasValue(InfrastructureMode.ToolchainCharacteristic) || job.HasValue(EnvironmentMode.RuntimeCharacteristic) ? job : job.WithToolchain(Toolchain);

    private static PrebuiltToolchain Toolchain { get; } = new();
}
