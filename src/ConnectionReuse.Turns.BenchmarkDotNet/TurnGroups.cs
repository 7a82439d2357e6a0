using System.Collections.Concurrent;
using BenchmarkDotNet.Running;

namespace ConnectionReuse.Turns.BenchmarkDotNet;

/// <summary>Which of the benchmarks that were built belong together.</summary>
/// <param name="groupOf">What the benchmarks of a group have in common; null runs a benchmark alone.</param>
internal sealed class TurnGroups(Func<BenchmarkCase, object?> groupOf)
{
    private readonly ConcurrentDictionary<BenchmarkCase, BenchmarkBuildInfo> _built = new();

    /// <summary>Takes in what was built.</summary>
    public void Add(IEnumerable<BenchmarkBuildInfo> built)
    {
        foreach (var benchmark in built)
        {
            _built[benchmark.BenchmarkCase] = benchmark;
        }
    }

    /// <summary>The group of a benchmark, itself included, in the order in which they were built.</summary>
    public IReadOnlyList<BenchmarkBuildInfo> Of(BenchmarkCase benchmark) => groupOf(benchmark) is not { } group ? [_built[benchmark]]
        : [.. _built.Values.Where(other => group.Equals(groupOf(other.BenchmarkCase))).OrderBy(other => other.Id.Value)];
}
