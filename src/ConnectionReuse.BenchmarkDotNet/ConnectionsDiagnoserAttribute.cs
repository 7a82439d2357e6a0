using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;

namespace ConnectionReuse.BenchmarkDotNet;

/// <summary>
/// Counts the connections that the benchmarks of a class open, in their own process: columns and metrics, and a warning where a benchmark
/// opens one for each request. It needs no base class. A job's own engine factory gives way to it; a class with
/// <see cref="TakeTurnsAttribute"/> says <c>CountConnections = true</c> there instead.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Assembly)]
public sealed class ConnectionsDiagnoserAttribute : Attribute, IConfigSource
{
    /// <inheritdoc/>
    public IConfig Config { get; } = ManualConfig.CreateEmpty()
        .AddDiagnoser(new ConnectionsDiagnoser())
        .AddJob(Job.Default.WithEngineFactory(new ConnectionCountingEngineFactory()).AsMutator());
}
