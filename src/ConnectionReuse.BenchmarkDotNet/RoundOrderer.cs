using System.Collections.Immutable;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Order;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace ConnectionReuse.BenchmarkDotNet;

/// <summary>
/// Executes job by job instead of method by method: with one single-launch job per round, the rows that are compared
/// are neighbours in time, and each round gives a ratio of its own.
/// </summary>
public sealed class RoundOrderer : IOrderer
{
    private readonly DefaultOrderer _default = new(SummaryOrderPolicy.Declared);

    /// <inheritdoc/>
    public bool SeparateLogicalGroups => _default.SeparateLogicalGroups;

    /// <inheritdoc/>
    public IEnumerable<BenchmarkCase> GetExecutionOrder(
        ImmutableArray<BenchmarkCase> benchmarksCase, IEnumerable<BenchmarkLogicalGroupRule>? order = null)
    {
        var rounds = benchmarksCase.Select(benchmark => benchmark.Job).Distinct().ToList();
        return benchmarksCase
            .OrderBy(benchmark => rounds.IndexOf(benchmark.Job))
            .ThenBy(benchmark => benchmark.Parameters.ValueInfo, StringComparer.Ordinal); // stable: then in the order of declaration
    }

    /// <inheritdoc/>
    public IEnumerable<BenchmarkCase> GetSummaryOrder(ImmutableArray<BenchmarkCase> benchmarksCases, Summary summary) =>
        _default.GetSummaryOrder(benchmarksCases, summary);

    /// <inheritdoc/>
    public string? GetHighlightGroupKey(BenchmarkCase benchmarkCase) => _default.GetHighlightGroupKey(benchmarkCase);

    /// <inheritdoc/>
    public string? GetLogicalGroupKey(ImmutableArray<BenchmarkCase> allBenchmarksCases, BenchmarkCase benchmarkCase) =>
        _default.GetLogicalGroupKey(allBenchmarksCases, benchmarkCase);

    /// <inheritdoc/>
    public IEnumerable<IGrouping<string, BenchmarkCase>> GetLogicalGroupOrder(
        IEnumerable<IGrouping<string, BenchmarkCase>> logicalGroups, IEnumerable<BenchmarkLogicalGroupRule>? order = null) =>
        _default.GetLogicalGroupOrder(logicalGroups, order);
}
