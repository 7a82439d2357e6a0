using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Jobs;

namespace ConnectionReuse.Turns.BenchmarkDotNet;

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

    /// <summary>The same with a factory that an attribute names.</summary>
    /// <exception cref="ArgumentException">It is no engine factory, or cannot be made without arguments.</exception>
    internal static Job TakingTurns(this Job job, TurnsToolchain toolchain, Type engineFactory) =>
        !typeof(IEngineFactory).IsAssignableFrom(engineFactory) || engineFactory.GetConstructor(Type.EmptyTypes) is null
            ? throw new ArgumentException($"{engineFactory} is no engine factory with a public constructor without parameters", nameof(engineFactory))
            : job.WithToolchain(toolchain).WithEngineFactory((IEngineFactory)Activator.CreateInstance(typeof(TurnTakingEngineFactory<>).MakeGenericType(engineFactory))!);
}
