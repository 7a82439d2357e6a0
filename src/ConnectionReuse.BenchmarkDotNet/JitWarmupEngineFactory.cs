using System.Runtime;
using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Jobs;
using ConnectionReuse.Turns;

namespace ConnectionReuse.BenchmarkDotNet;

/// <summary>Warms a benchmark up until the JIT stands still (<see cref="JitWarmup"/>), then hands over to BenchmarkDotNet.</summary>
public sealed class JitWarmupEngineFactory : PrimingEngineFactory
{
    // Enough that what surrounds an iteration becomes hot before the first one: its second compilation would fall into a
    // timed iteration otherwise, which trebled the first of them.
    private const int HarnessCalls = 8;

    /// <inheritdoc/>
    protected override (int Iterations, bool Capped) WarmUp(EngineParameters engine)
    {
        ArgumentNullException.ThrowIfNull(engine);

        // What surrounds an iteration is warmed first, so that its compilation never falls into a timed one.
        for (var i = 0; i < HarnessCalls; i++)
        {
            engine.IterationSetupAction();
            engine.IterationCleanupAction();
        }

        var outcome = JitWarmup.Run(() => engine.WorkloadActionNoUnroll(1), () => JitInfo.GetCompiledMethodCount());
        if (engine.WorkloadActionNoUnroll.Target is IPrimed benchmark && !engine.TargetJob.HasValue(RunMode.IterationCountCharacteristic))
        {
            engine.TargetJob = engine.TargetJob.WithIterationCount(benchmark.Iterations);
        }

        return outcome;
    }
}

/// <summary>Leaves the warm-up to BenchmarkDotNet: for jobs that say how many iterations it takes.</summary>
public sealed class FixedWarmupEngineFactory : PrimingEngineFactory
{
    /// <inheritdoc/>
    protected override (int Iterations, bool Capped) WarmUp(EngineParameters engine) => (0, false);
}

/// <summary>Sets a benchmark up, warms it, and lets it open what must be open before its first timed iteration.</summary>
public abstract class PrimingEngineFactory : IEngineFactory
{
    /// <inheritdoc/>
    public IEngine CreateReadyToRun(EngineParameters engineParameters)
    {
        ArgumentNullException.ThrowIfNull(engineParameters);
        engineParameters.GlobalSetupAction?.Invoke();
        engineParameters.GlobalSetupAction = () => { }; // it has run

        var (iterations, capped) = WarmUp(engineParameters);
        var engine = new EngineFactory().CreateReadyToRun(engineParameters);
        if (engineParameters.WorkloadActionNoUnroll.Target is IPrimed benchmark)
        {
            // Through the engine, so that its own code is compiled too before the first timed iteration.
            benchmark.WarmedUp(iterations, capped);
            engine.RunIteration(new IterationData(IterationMode.Workload, IterationStage.Warmup, 1, 1, 1));
            benchmark.Primed();
        }

        return engine;
    }

    /// <summary>The warm-up before BenchmarkDotNet's own.</summary>
    /// <returns>The iterations run, and whether a cap ended them.</returns>
    protected abstract (int Iterations, bool Capped) WarmUp(EngineParameters engine);
}

/// <summary>
/// A benchmark class that opens what must be open before the first timed iteration in one untimed invocation of its own,
/// the priming one.
/// </summary>
public interface IPrimed
{
    /// <summary>Timed iterations, where the job names no number; asked after the warm-up.</summary>
    int Iterations { get; }

    /// <summary>Called between the warm-up and the priming invocation.</summary>
    /// <param name="iterations">Warm-up iterations that ran.</param>
    /// <param name="capped">Whether the JIT still compiled when they ended.</param>
    void WarmedUp(int iterations, bool capped);

    /// <summary>Called between the priming invocation and what BenchmarkDotNet runs.</summary>
    void Primed();
}
