using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Running;
using ConnectionReuse.Bench.Benchmarks;

namespace ConnectionReuse.Bench.Comparing;

/// <summary>What a comparison will do, made once from its options; whoever comes later reads it and computes no share of its own.</summary>
internal sealed class ComparisonPlan
{
    private readonly Dictionary<(string Benchmark, string Job), PlannedRow> _byBenchmark = [];

    /// <summary>Plans rows in the order of the table.</summary>
    /// <param name="seed">Decides every order.</param>
    /// <param name="rows">The rows, each with the id of its job.</param>
    public ComparisonPlan(int seed, IEnumerable<(PlannedRow Row, string Job)> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        Seed = seed;
        foreach (var (row, job) in rows)
        {
            _byBenchmark[(row.Benchmark, job)] = row;
        }

        Rows = [.. _byBenchmark.Values.DistinctBy(row => row.Key)];
    }

    /// <summary>Decides every order.</summary>
    public int Seed { get; }

    /// <summary>The rows, in the order of the table.</summary>
    public IReadOnlyList<PlannedRow> Rows { get; }

    /// <summary>What the benchmarks' processes read, by the full names of the benchmarks.</summary>
    public IReadOnlyDictionary<string, RowPlan> ByBenchmark =>
        Rows.DistinctBy(row => row.Benchmark).ToDictionary(row => row.Benchmark, row => row.Plan);

    /// <summary>The row that a benchmark case measures.</summary>
    public PlannedRow Of(BenchmarkCase benchmark)
    {
        ArgumentNullException.ThrowIfNull(benchmark);
        return _byBenchmark[(FullNameProvider.GetBenchmarkName(benchmark), benchmark.Job.ResolvedId)];
    }

    /// <summary>The plan of a row.</summary>
    public PlannedRow Of(RowKey row) => Rows.Single(planned => planned.Key == row);
}
