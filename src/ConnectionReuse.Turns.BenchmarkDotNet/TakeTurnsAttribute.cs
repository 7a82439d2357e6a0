using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Jobs;

namespace ConnectionReuse.Turns.BenchmarkDotNet;

/// <summary>
/// Lets the benchmarks of a class take turns: all their processes are alive at once, and one iteration of one of them runs at a time, so
/// that what slows the machine down for a while slows all of them, and their ratios hold. It needs no base class. The class's jobs keep
/// their settings, but for toolchain and engine factory.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class TakeTurnsAttribute : Attribute, IConfigSource
{
    private readonly Lazy<IConfig> _config;

    /// <summary>Turns between the methods of the class that share job and parameters.</summary>
    public TakeTurnsAttribute() => _config = new Lazy<IConfig>(() =>
    {
        var turns = new TurnsToolchain(new PrebuiltToolchain(), new TurnsOptions { Seed = Seed, OnOneCore = OnOneCore });
        return ManualConfig.CreateEmpty().AddJob(Job.Default.TakingTurns(turns, EngineFactory).AsMutator());
    });

    /// <summary>Decides every order.</summary>
    public int Seed { get; set; }

    /// <summary>Whether all the processes share one core: steadier ratios where a benchmark waits for no other core.</summary>
    public bool OnOneCore { get; set; }

    /// <summary>The engine factory whose engines take turns, with a public constructor without parameters; BenchmarkDotNet's own unless told otherwise.</summary>
    public Type EngineFactory { get; set; } = typeof(EngineFactory);

    /// <inheritdoc/>
    public IConfig Config => _config.Value;
}
