using ConnectionReuse.Bench.Running;
using ConnectionReuse.Processes;
using ConnectionReuse.Results;

namespace ConnectionReuse.Bench.Checks;

/// <summary>The comparison, run by this program in a process of its own.</summary>
internal static class OwnRun
{
    /// <summary>Runs it and keeps nothing but its result.</summary>
    /// <param name="arguments">Its arguments, where the results go aside.</param>
    /// <param name="interrupted">Ends it.</param>
    /// <exception cref="IOException">It left no result.</exception>
    public static async Task<(ResultFile Result, int ExitCode)> ComparisonAsync(IReadOnlyList<string> arguments, CancellationToken interrupted)
    {
        var folder = Directory.CreateTempSubdirectory("connection-reuse-");
        try
        {
            await using var run = ChildProcess.Start(ThisProgram.Start([.. arguments, "--out", folder.FullName]), "a run of the comparison");
            var exitCode = await run.ExitCodeAsync(Timeout.InfiniteTimeSpan, interrupted);
            var made = Path.Combine(folder.FullName, ResultFolders.Latest, ResultFiles.Name);
            return File.Exists(made) ? (ResultFiles.Read(made), exitCode)
                : throw new IOException($"a run of the comparison ended with {exitCode} and without a result");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
