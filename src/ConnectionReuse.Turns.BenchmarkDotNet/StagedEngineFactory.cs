using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;

namespace ConnectionReuse.Turns.BenchmarkDotNet;

/// <summary>
/// Makes BenchmarkDotNet's engine for an <see cref="IStagedBenchmark"/>: global set-up, first run, warm-up, one rehearsal that
/// is not timed, and at the end, or after a failure, the benchmark's note. Other benchmarks are only warmed up. Where benchmarks
/// take turns, the first run and the rehearsal are in turn too.
/// </summary>
public abstract class StagedEngineFactory : IEngineFactory
{
    /// <summary>Whether a benchmark that takes turns goes through the stages of such a factory.</summary>
    internal static bool Stages(BenchmarkCase benchmark) =>
        benchmark.Descriptor.Type.IsAssignableTo(typeof(IStagedBenchmark))
        && benchmark.Job.Infrastructure.EngineFactory?.GetType() is { IsGenericType: true } factory
        && factory.GetGenericTypeDefinition() == typeof(TurnTakingEngineFactory<>)
        && factory.GenericTypeArguments[0].IsAssignableTo(typeof(StagedEngineFactory));

    /// <inheritdoc/>
    public IEngine CreateReadyToRun(EngineParameters engineParameters)
    {
        ArgumentNullException.ThrowIfNull(engineParameters);
        var benchmark = engineParameters.WorkloadActionNoUnroll.Target as IStagedBenchmark;
        if (benchmark is not null)
        {
            NoteDown(engineParameters, benchmark);
            benchmark.Begin(engineParameters.BenchmarkName, () => engineParameters.WorkloadActionNoUnroll(1));
        }

        engineParameters.GlobalSetupAction?.Invoke();
        engineParameters.GlobalSetupAction = static () => { }; // it has run
        if (benchmark is not null)
        {
            var turns = engineParameters.Host as ITurns;
            turns?.WaitForTurn();
            benchmark.RunFirst();
            turns?.WaitForTurn(); // nobody warms up while another one runs for the first time
            benchmark.BeginWarmup();
        }

        var (iterations, capped) = WarmUp(engineParameters);
        if (benchmark is not null && !engineParameters.TargetJob.HasValue(RunMode.IterationCountCharacteristic))
        {
            engineParameters.TargetJob = engineParameters.TargetJob.WithIterationCount(benchmark.Iterations);
        }

        var engine = new EngineFactory().CreateReadyToRun(engineParameters);
        if (benchmark is not null)
        {
            // In turn and through the engine, so that what surrounds an iteration is compiled too.
            benchmark.WarmedUp(iterations, capped);
            engineParameters.Host.BeforeMainRun();
            engine.RunIteration(new IterationData(IterationMode.Workload, IterationStage.Warmup, 1, 1, 1));
            benchmark.Rehearsed();
        }

        return engine;
    }

    /// <summary>Warms up, after the global set-up.</summary>
    /// <returns>The iterations that it took, and whether the JIT was still at work.</returns>
    protected abstract (int Iterations, bool Capped) WarmUp(EngineParameters engine);

    private static void NoteDown(EngineParameters engine, IStagedBenchmark benchmark)
    {
        var (host, workload, cleanup) = (engine.Host, engine.WorkloadActionNoUnroll, engine.GlobalCleanupAction);
        engine.WorkloadActionNoUnroll = Run;
        engine.WorkloadActionUnroll = Run; // one invocation is one iteration: nothing to unroll
        engine.GlobalCleanupAction = () =>
        {
            cleanup?.Invoke();
            host.WriteLine(Notes.Line(benchmark.Note()));
        };

        void Run(long invocations)
        {
            try
            {
                workload(invocations);
            }
            catch (Exception e)
            {
                benchmark.Fail(e);
                host.WriteLine(Notes.Line(benchmark.Note()));
                throw;
            }
        }
    }
}

/// <summary>Warms up until the JIT stands still.</summary>
public sealed class JitWarmupEngineFactory : StagedEngineFactory
{
    // More than the calls after which the JIT compiles again (30, or what DOTNET_TC_CallCountThreshold says up to here): the
    // second compilation of what surrounds an iteration would fall into a timed one otherwise.
    private const int HarnessCalls = 70;

    /// <inheritdoc/>
    protected override (int Iterations, bool Capped) WarmUp(EngineParameters engine)
    {
        ArgumentNullException.ThrowIfNull(engine);
        for (var i = 0; i < HarnessCalls; i++)
        {
            engine.IterationSetupAction();
            engine.IterationCleanupAction();
        }

        return JitWarmup.Run(() => engine.WorkloadActionNoUnroll(1), () => System.Runtime.JitInfo.GetCompiledMethodCount());
    }
}

/// <summary>Warms up by as many iterations as the job says; until the JIT stands still where it does not say.</summary>
public sealed class JobWarmupEngineFactory : StagedEngineFactory
{
    /// <inheritdoc/>
    protected override (int Iterations, bool Capped) WarmUp(EngineParameters engine)
    {
        ArgumentNullException.ThrowIfNull(engine);
        var job = engine.TargetJob;
        engine.TargetJob = job.WithWarmupCount(0); // they have run when the engine does
        if (!job.HasValue(RunMode.WarmupCountCharacteristic))
        {
            return JitWarmup.Run(() => engine.WorkloadActionNoUnroll(1), () => System.Runtime.JitInfo.GetCompiledMethodCount());
        }

        for (var i = 0; i < job.Run.WarmupCount; i++)
        {
            engine.WorkloadActionNoUnroll(1);
        }

        return (job.Run.WarmupCount, false);
    }
}
