using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Environments;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains;
using BenchmarkDotNet.Toolchains.Results;
using ConnectionReuse.Bench.Benchmarks;
using ConnectionReuse.Turns.BenchmarkDotNet;
using Xunit;

namespace ConnectionReuse.Tests.Running;

public sealed class PrebuiltToolchainTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("connection-reuse-test-");

    [Theory]
    [InlineData("ConnectionReuse.Bench.Benchmarks.KestrelHttp")]
    [InlineData("Newtonsoft.Json.JsonConvert")] // which the benchmarks' assembly does not reference: all that can be loaded is tried
    public void A_program_may_name_what_lies_beside_the_benchmarks(string type)
    {
        var result = Build($"System.Console.WriteLine(typeof({type}));");

        Assert.True(result.IsBuildSuccess, result.ErrorMessage);
        Assert.True(File.Exists(result.ArtifactsPaths.ExecutablePath));
        Assert.True(File.Exists(Path.ChangeExtension(result.ArtifactsPaths.ExecutablePath, ".runtimeconfig.json")));
    }

    [Fact]
    public void A_program_that_names_what_is_nowhere_does_not_build()
    {
        var result = Build("System.Console.WriteLine(typeof(Nowhere));");

        Assert.False(result.IsBuildSuccess);
        Assert.Contains("CS0246", result.ErrorMessage, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private BuildResult Build(string main)
    {
        var code = Path.Combine(_folder.FullName, "program.cs");
        File.WriteAllText(code, $"static class Program {{ static void Main() {{ {main} }} }}");
        var paths = new ArtifactsPaths("", "", "", "", code, "", "", "", "", Path.Combine(_folder.FullName, "program.dll"), "program", "");
        var benchmark = BenchmarkConverter.TypeToBenchmarks(typeof(KestrelHttp)).BenchmarksCases[0];
        var partition = new BuildPartition([new BenchmarkBuildInfo(benchmark, ManualConfig.CreateEmpty().CreateImmutableConfig(), 0)], EnvironmentResolver.Instance);
        return new PrebuiltToolchain().Builder.Build(GenerateResult.Success(paths, []), partition, NullLogger.Instance);
    }
}
