using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains;
using BenchmarkDotNet.Toolchains.Results;

namespace ConnectionReuse.Turns.BenchmarkDotNet;

/// <summary>Builds as another builder does, and remembers what was built: an executor learns of one benchmark at a time only.</summary>
internal sealed class GroupingBuilder(IBuilder inner, TurnGroups groups) : IBuilder
{
    public BuildResult Build(GenerateResult generateResult, BuildPartition buildPartition, ILogger logger)
    {
        groups.Add(buildPartition.Benchmarks);
        return inner.Build(generateResult, buildPartition, logger);
    }
}
