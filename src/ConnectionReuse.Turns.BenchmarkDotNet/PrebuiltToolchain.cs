using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains;
using BenchmarkDotNet.Toolchains.DotNetCli;
using BenchmarkDotNet.Toolchains.Results;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;

namespace ConnectionReuse.Turns.BenchmarkDotNet;

/// <summary>
/// Runs benchmarks out of process like BenchmarkDotNet's own toolchain, but compiles the generated program against the
/// assemblies that lie beside the benchmarks instead of building their projects again: 2 s instead of 20, and it works
/// for a published build, without its sources. The program is placed beside those assemblies and removed afterwards, by
/// the next run where its own was killed.
/// </summary>
public sealed class PrebuiltToolchain()
    : Toolchain("Prebuilt", new ProgramGenerator(), new ProgramBuilder(), new DotNetCliExecutor(customDotNetCliPath: null!))
{
    // The process id keeps two runs of one build apart.
    private static string ProgramName(BuildPartition partition) => $"{partition.ProgramName}-{Environment.ProcessId}";

    private sealed class ProgramGenerator : GeneratorBase
    {
        private readonly PlacedPrograms _placed = new();

        protected override string GetBuildArtifactsDirectoryPath(BuildPartition assemblyLocation, string programName) =>
            Path.GetDirectoryName(assemblyLocation.AssemblyLocation)!;

        protected override string GetExecutablePath(string binariesDirectoryPath, string programName) =>
            Path.Combine(binariesDirectoryPath, $"{programName}-{Environment.ProcessId}.dll");

        protected override string[] GetArtifactsToCleanup(ArtifactsPaths artifactsPaths) =>
        [
            artifactsPaths.ExecutablePath,
            artifactsPaths.ProgramCodePath,
            artifactsPaths.AppConfigPath,
            Path.ChangeExtension(artifactsPaths.ExecutablePath, ".runtimeconfig.json"),
            Path.ChangeExtension(artifactsPaths.ExecutablePath, ".deps.json"),
            PlacedPrograms.MarkOf(artifactsPaths.ExecutablePath),
        ];

        protected override void CopyAllRequiredFiles(ArtifactsPaths artifactsPaths) => _placed.Take(artifactsPaths); // before anything is placed

        protected override void GenerateBuildScript(BuildPartition buildPartition, ArtifactsPaths artifactsPaths)
        {
        }
    }

    private sealed class ProgramBuilder : IBuilder
    {
        public BuildResult Build(GenerateResult generateResult, BuildPartition buildPartition, ILogger logger)
        {
            ArgumentNullException.ThrowIfNull(generateResult);
            ArgumentNullException.ThrowIfNull(buildPartition);
            var paths = generateResult.ArtifactsPaths;
            using var patience = new CancellationTokenSource(buildPartition.Timeout);
            var code = CSharpSyntaxTree.ParseText(File.ReadAllText(paths.ProgramCodePath), cancellationToken: patience.Token);
            var loadable = LoadableAssemblies();

            // A reference takes its milliseconds even where nothing names it, and most of them nothing does.
            var emitted = Emit([.. loadable.Where(NamedBy(buildPartition))]);
            if (!emitted.Success)
            {
                emitted = Emit(loadable);
            }

            if (!emitted.Success)
            {
                var errors = emitted.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
                return BuildResult.Failure(generateResult, string.Join(Environment.NewLine, errors));
            }

            // The program runs as the benchmarks' own program would: same frameworks, same dependencies.
            foreach (var extension in (string[])[".runtimeconfig.json", ".deps.json"])
            {
                File.Copy(
                    Path.ChangeExtension(buildPartition.AssemblyLocation, extension),
                    Path.ChangeExtension(paths.ExecutablePath, extension),
                    overwrite: true);
            }

            return BuildResult.Success(generateResult);

            EmitResult Emit(string[] references) => CSharpCompilation.Create(
                ProgramName(buildPartition),
                [code],
                references.Select(path => MetadataReference.CreateFromFile(path)),
                new CSharpCompilationOptions(OutputKind.ConsoleApplication, optimizationLevel: OptimizationLevel.Release, allowUnsafe: true))
                .Emit(paths.ExecutablePath, cancellationToken: patience.Token);
        }

        // The benchmarks' assembly, what it references, and the base library.
        private static Func<string, bool> NamedBy(BuildPartition partition)
        {
            var benchmarks = partition.Benchmarks.Select(benchmark => benchmark.BenchmarkCase.Descriptor.Type.Assembly).Distinct();
            var names = benchmarks.SelectMany(assembly => assembly.GetReferencedAssemblies().Append(assembly.GetName()))
                .Select(assembly => assembly.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
            var baseLibrary = Path.GetDirectoryName(typeof(object).Assembly.Location);
            return path => Path.GetDirectoryName(path) == baseLibrary || names.Contains(Path.GetFileNameWithoutExtension(path));
        }

        private static string[] LoadableAssemblies() =>
            ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
    }
}
