using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Jobs;

namespace ConnectionReuse.BenchmarkDotNet;

/// <summary>Lets the benchmarks of a job take turns.</summary>
public static class JobExtensions
{
    /// <summary>The job with turns over a toolchain, and BenchmarkDotNet's own engine.</summary>
    /// <param name="job">The job; its launch count says how many sets of processes there are.</param>
    /// <param name="toolchain">The turns: one instance for all jobs of a run.</param>
    public static Job TakingTurns(this Job job, TurnsToolchain toolchain) => job.TakingTurns<EngineFactory>(toolchain);

    /// <summary>The job with turns over a toolchain, and an engine of another factory.</summary>
    /// <typeparam name="TEngineFactory">Makes the engine.</typeparam>
    /// <param name="job">The job; its launch count says how many sets of processes there are.</param>
    /// <param name="toolchain">The turns: one instance for all jobs of a run.</param>
    public static Job TakingTurns<TEngineFactory>(this Job job, TurnsToolchain toolchain)
        where TEngineFactory : IEngineFactory, new() =>
        job.WithToolchain(toolchain).WithEngineFactory(new TurnTakingEngineFactory<TEngineFactory>());
}
