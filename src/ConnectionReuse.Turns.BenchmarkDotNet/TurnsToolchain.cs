using BenchmarkDotNet.Characteristics;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains;
using BenchmarkDotNet.Validators;

namespace ConnectionReuse.Turns.BenchmarkDotNet;

/// <summary>
/// Lets benchmarks take turns: the processes of a group are all alive and warmed up, and one iteration of one of them runs at a
/// time, in a random order and its reverse. What slows the machine down for a while slows all of them, so that their ratios
/// hold beside other load. BenchmarkDotNet's own order runs a benchmark to its end before it starts the next.
/// </summary>
/// <remarks>The job's engine factory has to be a <see cref="TurnTakingEngineFactory{TEngineFactory}"/>.</remarks>
public sealed class TurnsToolchain : IToolchain
{
    private readonly IToolchain _inner;

    /// <summary>Lets the benchmarks of another toolchain take turns.</summary>
    /// <param name="inner">Builds and starts the processes; in-process toolchains cannot take turns.</param>
    /// <param name="options">How they take turns.</param>
    public TurnsToolchain(IToolchain inner, TurnsOptions options)
    {
        ArgumentNullException.ThrowIfNull(inner);
        ArgumentNullException.ThrowIfNull(options);
        _inner = inner;
        var groups = new TurnGroups(options.GroupOf);
        Builder = new GroupingBuilder(inner.Builder, groups);
        Executor = new TurnsExecutor(inner.Executor, groups, options);
    }

    /// <inheritdoc/>
    public string Name => $"Turns over {_inner.Name}";

    /// <inheritdoc/>
    public IGenerator Generator => _inner.Generator;

    /// <inheritdoc/>
    public IBuilder Builder { get; }

    /// <inheritdoc/>
    public IExecutor Executor { get; }

    /// <inheritdoc/>
    public bool IsInProcess => false;

    /// <inheritdoc/>
    public IEnumerable<ValidationError> Validate(BenchmarkCase benchmarkCase, IResolver resolver)
    {
        ArgumentNullException.ThrowIfNull(benchmarkCase);
        var errors = _inner.Validate(benchmarkCase, resolver);
        return benchmarkCase.Job.Infrastructure.EngineFactory?.GetType() is not { IsGenericType: true } factory || factory.GetGenericTypeDefinition() != typeof(TurnTakingEngineFactory<>)
            ? errors.Append(new ValidationError(true, "turns need a TurnTakingEngineFactory: add them with Job.TakingTurns", benchmarkCase))
            : errors;
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
