using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;

namespace ConnectionReuse.BenchmarkDotNet;

/// <summary>
/// Counts the connections that the benchmarks of a class open, in their own process: columns and metrics, and a warning where a benchmark
/// opens one for each request. It needs no base class. A job's own engine factory gives way to it.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Assembly)]
public sealed class ConnectionsDiagnoserAttribute : Attribute, IConfigSource
{
    private readonly Lazy<IConfig> _config;

    /// <summary>Columns, metrics, and the warning.</summary>
    public ConnectionsDiagnoserAttribute() => _config = new Lazy<IConfig>(() =>
    {
        var config = ManualConfig.CreateEmpty().AddDiagnoser(new ConnectionsDiagnoser());
        return SetsEngineFactory ? config.AddJob(Job.Default.WithEngineFactory(new ConnectionCountingEngineFactory()).AsMutator()) : config;
    });

    /// <summary>
    /// Whether every job of the class gets <see cref="ConnectionCountingEngineFactory"/>, without which nothing is counted: false where
    /// something else runs it, such as benchmarks that take turns.
    /// </summary>
    public bool SetsEngineFactory { get; set; } = true;

    /// <inheritdoc/>
    public IConfig Config => _config.Value;
}
