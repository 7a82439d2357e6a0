using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains;
using BenchmarkDotNet.Toolchains.Parameters;
using BenchmarkDotNet.Toolchains.Results;
using ConnectionReuse.Bench.Benchmarks;
using ConnectionReuse.Bench.Comparing;
using ConnectionReuse.Tests.Faults;
using ConnectionReuse.Turns.BenchmarkDotNet;
using Xunit;

namespace ConnectionReuse.Tests.Comparing;

/// <summary>BenchmarkDotNet runs nothing in several ways, and says why in a place of its own each time.</summary>
public sealed class WhyNotRunTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("connection-reuse-test-");
    private readonly ErrorLines _errors = new();

    [Fact]
    public void A_build_that_throws_tells_why() => Assert.Equal(
        "the program of the benchmarks could not be built beside this one: the folder is read-only", Reason(new Builder(_ => throw new IOException("the folder is read-only"))));

    [Fact]
    [Fault("a benchmark does not build", "its first error; exit 4")]
    public void A_build_that_fails_tells_its_first_error() => Assert.Equal(
        "the program of the benchmarks could not be built beside this one: error CS0246: no such type",
        Reason(new Builder(generated => BuildResult.Failure(generated, "error CS0246: no such type\nerror CS0103: no such name"))));

    [Fact]
    [Fault("BenchmarkDotNet refuses a run", "what it minds, in one line; exit 4")]
    public void A_run_that_BenchmarkDotNet_refuses_tells_what_it_minds()
    {
        var inner = new Toolchain("inner", new Generator(), new Builder(BuildResult.Success), new Executor());
        var turns = new TurnsToolchain(inner, new TurnsOptions());

        Assert.StartsWith("turns need a TurnTakingEngineFactory", Run(Job.Dry.WithToolchain(turns)), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_any_reason_the_log_is_named()
    {
        var benchmark = BenchmarkConverter.TypeToBenchmarks(typeof(KestrelHttp)).BenchmarksCases[0];

        Assert.Contains("its log", WhyNotRun.Of(benchmark, [], []), StringComparison.Ordinal);
        Assert.Equal("what it logged", WhyNotRun.Of(benchmark, [], ["// what it logged"]));
    }

    [Fact]
    public void Only_errors_are_kept_of_the_log()
    {
        _errors.WriteLine(LogKind.Info, "all is well");
        _errors.Write(LogKind.Error, "half of ");
        _errors.WriteLine(LogKind.Error, "a line");
        _errors.WriteLine();

        Assert.Equal(["half of a line"], _errors.Lines);
    }

    [Fact]
    public void The_innermost_exception_is_why_a_process_brought_no_times()
    {
        string[] printed = ["System.Reflection.TargetInvocationException: Exception has been thrown.", " ---> System.IO.IOException: the port is in use", "   at Somewhere()", "   --- End of inner exception stack trace ---"];

        Assert.Equal("the port is in use", WhyNotRun.Thrown(printed));
        Assert.Equal("its process ended before that", WhyNotRun.Thrown(["// BeforeActualRun"]));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string Reason(IBuilder builder) => Run(Job.Dry.WithToolchain(new Toolchain("broken", new Generator(), builder, new Executor())));

    private string Run(Job job)
    {
        var config = ManualConfig.CreateEmpty().AddJob(job).AddLogger(_errors).WithArtifactsPath(_folder.FullName);
        var run = BenchmarkConverter.TypeToBenchmarks(typeof(KestrelHttp), config);

        Summary[] summaries = [.. BenchmarkRunner.Run([run])];

        string[] reasons = [.. run.BenchmarksCases.Select(benchmark => WhyNotRun.Of(benchmark, summaries, _errors.Lines)).Distinct()];
        return Assert.Single(reasons); // the same for those that came after the first
    }

    private sealed class Generator : IGenerator
    {
        public GenerateResult GenerateProject(BuildPartition buildPartition, ILogger logger, string rootArtifactsFolderPath) => GenerateResult.Success(ArtifactsPaths.Empty, []);
    }

    private sealed class Builder(Func<GenerateResult, BuildResult> build) : IBuilder
    {
        public BuildResult Build(GenerateResult generateResult, BuildPartition buildPartition, ILogger logger) => build(generateResult);
    }

    private sealed class Executor : IExecutor
    {
        public ExecuteResult Execute(ExecuteParameters executeParameters) => throw new InvalidOperationException("nothing was to be executed");
    }
}
