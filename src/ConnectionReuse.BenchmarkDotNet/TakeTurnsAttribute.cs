using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;

namespace ConnectionReuse.BenchmarkDotNet;

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
        var config = ManualConfig.CreateEmpty().AddJob(Job.Default.TakingTurns<ConnectionCountingEngineFactory>(turns).AsMutator());
        return CountConnections ? config.AddDiagnoser(new ConnectionsDiagnoser()) : config;
    });

    /// <summary>Decides every order.</summary>
    public int Seed { get; set; }

    /// <summary>Whether all the processes share one core: steadier ratios where a benchmark waits for no other core.</summary>
    public bool OnOneCore { get; set; }

    /// <summary>Whether connections are counted as well, as <see cref="ConnectionsDiagnoserAttribute"/> does it for a class without turns.</summary>
    public bool CountConnections { get; set; }

    /// <inheritdoc/>
    public IConfig Config => _config.Value;
}
