using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Jobs;
using ConnectionReuse.Bench.Benchmarks;
using ConnectionReuse.BenchmarkDotNet;
using Perfolizer.Mathematics.OutlierDetection;

namespace ConnectionReuse.Bench.Running;

/// <summary>How BenchmarkDotNet runs the comparison.</summary>
internal static class Jobs
{
    /// <summary>Rounds: launches of each row, each in a set of processes of its own.</summary>
    public const int Rounds = 5;

    /// <summary>Rounds against a server that is not ours: the fewest that give an interval.</summary>
    public const int RealRounds = 3;

    /// <summary>Calls that one row of a real target gets at most, for each request of an iteration.</summary>
    public const int RealCallsPerRequest = 4;

    /// <summary>Rounds of a class outside the default comparison: there are many rows, and the fewest that give an interval.</summary>
    public const int RoundsOutsideDefault = 3;

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

    /// <summary>
    /// When a method of a client's process is compiled again: after 64 calls (hexadecimal, as the runtime reads it). What is called
    /// less often belongs to the start, not to the requests.
    /// </summary>
    public static EnvironmentVariable HotAfterCalls { get; } = new("DOTNET_TC_CallCountThreshold", "40");

    /// <summary>The job of a run that names none: one invocation is one iteration, and nothing is taken out.</summary>
    public static Job Ours { get; } = new Job("Turns")
        .WithStrategy(RunStrategy.Monitoring)
        .WithLaunchCount(Rounds)
        .WithInvocationCount(1)
        .WithUnrollFactor(1)
        .WithOutlierMode(OutlierMode.DontRemove)
        .WithGcForce(false)
        .WithEnvironmentVariables([.. RuntimeSettings, HotAfterCalls]);

    /// <summary>The job of a class: its rounds, its warm-up, its turns.</summary>
    /// <param name="job">What the arguments said of our job.</param>
    /// <param name="type">The class.</param>
    /// <param name="launchesAsked">Whether the arguments set the rounds.</param>
    /// <param name="requests">Requests per iteration.</param>
    /// <param name="turns">The turns.</param>
    public static Job For(Job job, Type type, bool launchesAsked, int requests, TurnsToolchain turns)
    {
        ArgumentNullException.ThrowIfNull(job);
        var real = type == typeof(RealHttps);
        var rounds = launchesAsked ? job.Run.LaunchCount
            : real ? RealRoundsFor(requests)
            : Selection.IsOutsideDefault(type) && !type.IsSubclassOf(typeof(EqualClients)) ? RoundsOutsideDefault
            : job.Run.LaunchCount;
        job = job.WithLaunchCount(rounds);

        // A real target is spared every warm-up: the control gets it.
        return job.HasValue(RunMode.WarmupCountCharacteristic) && !real
            ? job.TakingTurns<JobWarmupEngineFactory>(turns)
            : job.WithWarmupCount(0).TakingTurns<JitWarmupEngineFactory>(turns);
    }

    /// <summary>A job of BenchmarkDotNet's own, with the warm-up that it asks for.</summary>
    public static Job AsGiven(Job job, TurnsToolchain turns) => job.TakingTurns<JobWarmupEngineFactory>(turns);

    /// <summary>
    /// Rounds against a server that is not ours: three, or with few requests as many as keep a row below
    /// <see cref="RealCallsPerRequest"/>: one call shows that it answers, and one opens the shared connection of each round.
    /// </summary>
    /// <param name="requests">Requests per iteration.</param>
    public static int RealRoundsFor(int requests) => Math.Clamp(((RealCallsPerRequest * requests) - 1) / (requests + 1), 1, RealRounds);
}
