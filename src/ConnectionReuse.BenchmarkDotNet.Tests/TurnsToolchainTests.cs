using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using ConnectionReuse.Turns.BenchmarkDotNet;
using Xunit;

namespace ConnectionReuse.BenchmarkDotNet.Tests;

/// <summary>Turns for benchmarks that have nothing to do with HTTP. One test at a time: a run has the process's environment.</summary>
[Collection(nameof(BenchmarkRuns))]
public sealed class TurnsToolchainTests : IDisposable
{
    private readonly TurnsRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public void The_methods_of_a_class_take_turns_there_and_back_after_all_are_warm()
    {
        var summary = Assert.Single(_run.Run<EngineFactory>(TurnsRun.Iterations(4), new TurnsOptions { Seed = 1 }, typeof(FirstToy)));

        Assert.All(summary.Reports, report => Assert.Equal(4, Timed(report)));
        Assert.Equal(["warm", "warm"], TurnsRun.Entries.Take(2));
        Assert.Equal(["close", "close"], TurnsRun.Entries.TakeLast(2)); // nobody ends while another one has turns
        Assert.Contains(TurnsRun.Order, (string[])["ABBAABBA", "ABBABAAB", "BAABABBA", "BAABBAAB"]);
        AssertOneAtATime();
    }

    [Fact]
    public void Each_launch_is_a_set_of_processes_of_its_own()
    {
        var summary = Assert.Single(_run.Run<EngineFactory>(TurnsRun.Iterations(2).WithLaunchCount(3), new TurnsOptions(), typeof(FirstToy)));

        Assert.All(summary.Reports, report => Assert.Equal(3, report.ExecuteResults.Count));
        Assert.Equal(6, TurnsRun.Entries.Count(entry => entry == "warm"));
        Assert.Equal([(1, 2), (1, 2), (2, 2), (2, 2), (3, 2), (3, 2)], _run.Launches.Select(launched => (launched.Launch, launched.Turns)));
        Assert.Equal(6, _run.Launches.Select(launched => launched.Result.ProcessId).Distinct().Count());
    }

    [Fact]
    public void The_same_seed_gives_the_same_order()
    {
        _run.Run<EngineFactory>(TurnsRun.Iterations(8), new TurnsOptions { Seed = 7 }, typeof(FirstToy));
        var first = TurnsRun.Order;
        using var again = new TurnsRun();
        again.Run<EngineFactory>(TurnsRun.Iterations(8), new TurnsOptions { Seed = 7 }, typeof(FirstToy));

        Assert.Equal(16, first.Length);
        Assert.Equal(first, TurnsRun.Order);
    }

    [Fact]
    public void A_group_may_span_classes_and_a_benchmark_may_have_several_iterations_in_a_turn()
    {
        _run.Run<EngineFactory>(
            TurnsRun.Iterations(4),
            new TurnsOptions { GroupOf = benchmark => benchmark.Descriptor.WorkloadMethod.Name is "A" or "C" ? "both" : null, IterationsOfATurn = _ => 2 },
            typeof(FirstToy),
            typeof(SecondToy));

        Assert.Contains(string.Concat(TurnsRun.Order.Where(letter => letter != 'B')), (string[])["AACCCCAA", "CCAAAACC"]);
        Assert.Equal(0, _run.Launches.Single(launched => launched.Benchmark.Descriptor.WorkloadMethod.Name == "B").Turns);
        AssertOneAtATime();
    }

    [Fact]
    public void A_benchmark_that_fails_drops_out_and_the_others_go_on()
    {
        var summary = Assert.Single(_run.Run<EngineFactory>(TurnsRun.Iterations(6).WithLaunchCount(2), new TurnsOptions(), typeof(SecondToy)));

        Assert.Equal(6 * 2, Timed(summary.Reports.Single(report => report.BenchmarkCase.Descriptor.WorkloadMethod.Name == nameof(SecondToy.C))));
        Assert.False(summary.Reports.Single(report => report.BenchmarkCase.Descriptor.WorkloadMethod.Name == nameof(SecondToy.Failing)).Success);
        Assert.Equal([("C", 1), ("Failing", 1), ("C", 2)], _run.Launches.Select(launched => (launched.Benchmark.Descriptor.WorkloadMethod.Name, launched.Launch)));
    }

    [Fact]
    public void Where_a_failure_ends_the_launch_nobody_has_a_turn_after_it()
    {
        _run.Run<EngineFactory>(TurnsRun.Iterations(50), new TurnsOptions { FailTogether = _ => true }, typeof(SecondToy));

        Assert.InRange(TurnsRun.Order.Length, 1, 6);
        Assert.All(_run.Launches, launched => Assert.False(launched.Result.IsSuccess));
    }

    [Fact]
    public void An_interruption_ends_every_process()
    {
        using var interruption = new CancellationTokenSource();
        _run.Run<EngineFactory>(
            TurnsRun.Iterations(1000),
            new TurnsOptions { Interrupted = interruption.Token, Taking = turn => Cancel(turn, interruption) },
            typeof(FirstToy));

        Assert.InRange(TurnsRun.Order.Length, 1, 10);
        Assert.All(_run.Launches, launched => Assert.False(launched.Result.IsSuccess));
    }

    [Fact]
    public void A_staged_benchmark_is_told_its_stages_and_its_note_arrives()
    {
        _run.Run<JobWarmupEngineFactory>(Job.Default.WithStrategy(RunStrategy.Monitoring).WithInvocationCount(1).WithUnrollFactor(1).WithWarmupCount(0), new TurnsOptions(), typeof(StagedToy));

        Assert.Equal("begin Counted, ran first, warming up, warmed up, run, rehearsed, run, run, run", NoteOf(nameof(StagedToy.Counted)));
        Assert.Equal("begin FailingAtOnce, ran first, warming up, warmed up, failed: on purpose", NoteOf(nameof(StagedToy.FailingAtOnce)));
        Assert.Equal(["begin first", "end first", "begin first", "end first", "warm", "warm"], TurnsRun.Entries); // first runs are in turn
    }

    [Fact]
    public void A_staged_benchmark_takes_turns_with_one_that_has_no_stages()
    {
        _run.Run<JobWarmupEngineFactory>(
            TurnsRun.Iterations(3),
            new TurnsOptions { GroupOf = benchmark => benchmark.Descriptor.WorkloadMethod.Name is nameof(StagedToy.Counted) or nameof(SecondToy.C) ? "both" : null },
            typeof(StagedToy),
            typeof(SecondToy));

        var both = _run.Launches.Where(launched => launched.Turns > 0).ToArray();
        Assert.Equal(["C", "Counted"], both.Select(launched => launched.Benchmark.Descriptor.WorkloadMethod.Name).Order(StringComparer.Ordinal));
        Assert.All(both, launched => Assert.True(launched.Result.IsSuccess));
        Assert.All(both, launched => Assert.Equal(3, launched.Turns));
    }

    [Fact]
    public void Turns_without_their_engine_factory_are_refused_before_anything_runs()
    {
        var turns = new TurnsToolchain(new PrebuiltToolchain(), new TurnsOptions());
        var benchmark = BenchmarkConverter.TypeToBenchmarks(typeof(FirstToy)).BenchmarksCases[0];

        Assert.Contains(turns.Validate(benchmark, EngineParameters.DefaultResolver), error => error.IsCritical && error.Message.Contains("TakingTurns", StringComparison.Ordinal));
    }

    private static void Cancel(Turn turn, CancellationTokenSource interruption)
    {
        if (turn.Number == 2)
        {
            interruption.Cancel();
        }
    }

    private static int Timed(BenchmarkReport report) => report.AllMeasurements.Count(measurement =>
        measurement is { IterationMode: IterationMode.Workload, IterationStage: IterationStage.Actual });

    private string? NoteOf(string method) => _run.Launches.Single(launched => launched.Benchmark.Descriptor.WorkloadMethod.Name == method).Note;

    private static void AssertOneAtATime()
    {
        var iterations = TurnsRun.Entries.Where(entry => entry is not ("warm" or "close")).ToArray();
        Assert.NotEmpty(iterations);
        Assert.All(iterations.Chunk(2), pair => Assert.Equal(pair[0].Replace("begin", "end", StringComparison.Ordinal), pair[1]));
    }
}
