using BenchmarkDotNet.Toolchains;
using ConnectionReuse.Tests.Faults;
using ConnectionReuse.Turns.BenchmarkDotNet;
using Xunit;

namespace ConnectionReuse.Tests.Running;

public sealed class PlacedProgramsTests : IDisposable
{
    private static readonly string[] Beside = [".dll", ".runtimeconfig.json", ".deps.json"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("connection-reuse-test-");

    [Fact]
    [Fault("a killed comparison has left its program beside ours", "the next run removes it, and nothing of one that lives")]
    public void A_run_removes_the_program_of_a_dead_run_and_nothing_else()
    {
        var living = Place("Some-Turns-1");
        var run = new PlacedPrograms();
        run.Take(living);
        Place("Some-Turns-2"); // the code that a living run of the same name needs too
        Place("Other-Turns-3");
        foreach (var dead in (string[])["Some-Turns-2", "Other-Turns-3"])
        {
            File.WriteAllText(PlacedPrograms.MarkOf(InFolder(dead + ".dll")), string.Empty); // as a process leaves it that is killed: nobody locks it
        }

        File.WriteAllText(InFolder("Some.dll"), "the benchmarks' own");

        new PlacedPrograms().Take(Paths("Third-Turns-4"));

        Assert.Equal(
            ["Some-Turns-1.deps.json", "Some-Turns-1.dll", "Some-Turns-1.placed", "Some-Turns-1.runtimeconfig.json", "Some-Turns.config", "Some-Turns.notcs", "Some.dll", "Third-Turns-4.placed"],
            _folder.GetFiles().Select(file => file.Name).Order(StringComparer.Ordinal));
        GC.KeepAlive(run);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private ArtifactsPaths Place(string program)
    {
        var name = program[..program.LastIndexOf('-')];
        foreach (var file in (string[])[.. Beside.Select(extension => program + extension), name + ".notcs", name + ".config"])
        {
            File.WriteAllText(InFolder(file), file);
        }

        return Paths(program);
    }

    private ArtifactsPaths Paths(string program) => new("", "", "", "", "", "", "", "", "", InFolder(program + ".dll"), "program", "");

    private string InFolder(string file) => Path.Combine(_folder.FullName, file);
}
