using ConnectionReuse.Bench.Running;
using ConnectionReuse.Processes;
using ConnectionReuse.Results;

namespace ConnectionReuse.Bench.Checks;

/// <summary>The comparison, run by this program in a process of its own.</summary>
internal static class OwnRun
{
    // Where .NET looks for the folder of temporary files.
    private static readonly string[] TemporaryFiles = OperatingSystem.IsWindows() ? ["TMP", "TEMP"] : ["TMPDIR"];

    /// <summary>Runs it and keeps nothing but its result.</summary>
    /// <param name="arguments">Its arguments, where the results go aside.</param>
    /// <param name="interrupted">Ends it.</param>
    /// <exception cref="IOException">It left no result.</exception>
    public static async Task<(ResultFile Result, int ExitCode)> ComparisonAsync(IReadOnlyList<string> arguments, CancellationToken interrupted)
    {
        await using var folder = TemporaryFolder.Create();
        var command = ThisProgram.Start([.. arguments, "--out", folder.FullName]);
        foreach (var name in TemporaryFiles)
        {
            command.Environment[name] = folder.FullName; // what it leaves behind when it is killed goes with ours
        }

        await using var run = ChildProcess.Start(GuardedProcess.Start(command), "a run of the comparison");
        await run.WriteLineAsync(GuardedProcess.Line(command), interrupted);
        var exitCode = await run.ExitCodeAsync(Timeout.InfiniteTimeSpan, interrupted);
        var made = Path.Combine(folder.FullName, ResultFolders.Latest, ResultFiles.Name);
        return File.Exists(made) ? (ResultFiles.Read(made), exitCode)
            : throw new IOException($"a run of the comparison ended with {exitCode} and without a result");
    }
}
