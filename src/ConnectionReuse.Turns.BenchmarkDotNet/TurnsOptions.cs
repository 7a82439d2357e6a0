using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.Results;

namespace ConnectionReuse.Turns.BenchmarkDotNet;

/// <summary>How the benchmarks of a group take turns.</summary>
public sealed record TurnsOptions
{
    /// <summary>
    /// What benchmarks have in common that take turns: equal values are one group, and null runs a benchmark alone. By default
    /// the methods of one class with the same job and the same parameters.
    /// </summary>
    public Func<BenchmarkCase, object?> GroupOf { get; init; } = MethodsOfAClass;

    /// <summary>Iterations in a row that a benchmark makes in one of its turns: several, where one is short.</summary>
    public Func<BenchmarkCase, int> IterationsOfATurn { get; init; } = static _ => 1;

    /// <summary>Decides every order.</summary>
    public int Seed { get; init; }

    /// <summary>Whether every process of a group shares one core, and the process that hands out the turns leaves it alone.</summary>
    public bool OnOneCore { get; init; }

    /// <summary>Benchmarks whose failure ends the whole launch of their group, because they share what a failure should spare.</summary>
    public Func<BenchmarkCase, bool> FailTogether { get; init; } = static _ => false;

    /// <summary>How long a warm-up or a turn may take before its group is given up.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Called before the processes of a group start, with the number of the launch, from 1.</summary>
    public Action<IReadOnlyList<BenchmarkCase>, int>? Launching { get; init; }

    /// <summary>Called for each benchmark of a group when the launch has ended.</summary>
    public Action<Launched>? Launched { get; init; }

    /// <summary>Called before each turn.</summary>
    public Action<Turn>? Taking { get; init; }

    /// <summary>Ends every process of a group that runs.</summary>
    public CancellationToken Interrupted { get; init; }

    private static object MethodsOfAClass(BenchmarkCase benchmark) =>
        (benchmark.Descriptor.Type, benchmark.Job, benchmark.Parameters.ValueInfo);
}

/// <summary>A turn that begins.</summary>
/// <param name="Benchmark">Whose turn it is.</param>
/// <param name="Launch">The launch, from 1.</param>
/// <param name="Number">How many turns the benchmark has had in this launch, this one included.</param>
public sealed record Turn(BenchmarkCase Benchmark, int Launch, int Number);

/// <summary>A launch of a benchmark that has ended.</summary>
/// <param name="Benchmark">The benchmark.</param>
/// <param name="Launch">The launch, from 1.</param>
/// <param name="Turns">The turns that it had; 0 where it ran alone.</param>
/// <param name="Result">What BenchmarkDotNet makes of its process.</param>
/// <param name="Note">What the process noted down (see <see cref="IStagedBenchmark.Note"/>); null where it ended without a note.</param>
public sealed record Launched(BenchmarkCase Benchmark, int Launch, int Turns, ExecuteResult Result, string? Note);
