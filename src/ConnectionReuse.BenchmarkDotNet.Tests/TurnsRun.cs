using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using ConnectionReuse.Turns.BenchmarkDotNet;

namespace ConnectionReuse.BenchmarkDotNet.Tests;

/// <summary>A run of some toys by BenchmarkDotNet, each in a process of its own.</summary>
internal sealed class TurnsRun : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("turns-test-");

    public TurnsRun() => Diary.Path = Path.Combine(_folder.FullName, "diary.txt");

    /// <summary>What the processes of the latest run wrote down.</summary>
    public static IReadOnlyList<string> Entries => File.Exists(Diary.Path!) ? File.ReadAllLines(Diary.Path!) : [];

    public List<Launched> Launches { get; } = [];

    /// <summary>The iterations in their order, by the name of the benchmark.</summary>
    public static string Order => string.Concat(Entries.Where(entry => entry.StartsWith("begin ", StringComparison.Ordinal)).Select(entry => entry[^1]));

    public static Job Iterations(int count) => new Job("Toy")
        .WithStrategy(RunStrategy.Monitoring).WithInvocationCount(1).WithUnrollFactor(1).WithWarmupCount(0).WithIterationCount(count).WithGcForce(false);

    public IReadOnlyList<Summary> Run<TEngineFactory>(Job job, TurnsOptions options, params Type[] types)
        where TEngineFactory : IEngineFactory, new()
    {
        var turns = new TurnsToolchain(new PrebuiltToolchain(), options with { Launched = Launches.Add });
        var config = new ManualConfig()
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddLogger(NullLogger.Instance)
            .AddJob(job.TakingTurns<TEngineFactory>(turns))
            .WithArtifactsPath(_folder.FullName);
        return BenchmarkRunner.Run([.. types.Select(type => BenchmarkConverter.TypeToBenchmarks(type, config))]);
    }

    public void Dispose()
    {
        Diary.Path = null;
        _folder.Delete(recursive: true);
    }
}
