using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Jobs;
using ConnectionReuse.Bench.Benchmarks;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Reporting.Reports;
using ConnectionReuse.Turns.BenchmarkDotNet;
using Perfolizer.Mathematics.OutlierDetection;

namespace ConnectionReuse.Bench.Comparing;

/// <summary>How BenchmarkDotNet runs the comparison.</summary>
internal static class Jobs
{
    /// <summary>Rounds: launches of each row, each in a set of processes of its own.</summary>
    public const int Rounds = Partial.Rounds;

    /// <summary>Rounds against a server that is not ours: the fewest that give an interval.</summary>
    public const int RealRounds = 3;

    /// <summary>Calls that one row of a real target gets at most, for each request of an iteration.</summary>
    public const int RealCallsPerRequest = 4;

    /// <summary>Rounds of a class outside the default comparison: there are many rows, and the fewest that give an interval.</summary>
    public const int RoundsOutsideDefault = 3;

    /// <summary>The job of a run that names none: one invocation is one iteration, and nothing is taken out.</summary>
    public static Job Ours { get; } = new Job("Turns")
        .WithStrategy(RunStrategy.Monitoring)
        .WithLaunchCount(Rounds)
        .WithInvocationCount(1)
        .WithUnrollFactor(1)
        .WithOutlierMode(OutlierMode.DontRemove)
        .WithGcForce(false);

    /// <summary>A job with the suite's runtime settings, and what the user had added to them.</summary>
    public static Job WithSettings(this Job job, PassedOn passedOn)
    {
        ArgumentNullException.ThrowIfNull(passedOn);
        return job.WithEnvironmentVariables([.. passedOn.Over(RuntimeSettings.OfClients).Select(setting => new EnvironmentVariable(setting.Name, setting.Value))]);
    }

    /// <summary>The job of a class: its rounds, its warm-up, its turns.</summary>
    /// <param name="job">What the arguments said of our job.</param>
    /// <param name="type">The class.</param>
    /// <param name="rounds">Its rounds.</param>
    /// <param name="turns">The turns.</param>
    public static Job For(Job job, Type type, int rounds, TurnsToolchain turns)
    {
        ArgumentNullException.ThrowIfNull(job);
        job = job.WithLaunchCount(rounds);

        // A real target is spared every warm-up: the control gets it.
        return job.HasValue(RunMode.WarmupCountCharacteristic) && !Selection.IsReal(type)
            ? job.TakingTurns<JobWarmupEngineFactory>(turns)
            : job.WithWarmupCount(0).TakingTurns<JitWarmupEngineFactory>(turns);
    }

    /// <summary>A job of BenchmarkDotNet's own, with the warm-up that it asks for.</summary>
    public static Job AsGiven(Job job, TurnsToolchain turns) => job.TakingTurns<JobWarmupEngineFactory>(turns);

    /// <summary>The rounds of a class.</summary>
    /// <param name="type">The class.</param>
    /// <param name="requests">Requests per iteration.</param>
    public static int RoundsOf(Type type, int requests) => Selection.IsReal(type) ? RealRoundsFor(requests)
        : Selection.IsOutsideDefault(type) && !type.IsSubclassOf(typeof(EqualClients)) ? RoundsOutsideDefault
        : Rounds;

    /// <summary>
    /// Rounds against a server that is not ours: three, or with few requests as many as keep a row below
    /// <see cref="RealCallsPerRequest"/>: one call shows that it answers, and one opens the shared connection of each round.
    /// </summary>
    /// <param name="requests">Requests per iteration.</param>
    public static int RealRoundsFor(int requests) => Math.Clamp(((RealCallsPerRequest * requests) - 1) / (requests + 1), 1, RealRounds);
}
