using System.Diagnostics;
using ConnectionReuse.Bench.Running;
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
            using var run = Process.Start(Self.Start([.. arguments, "--out", folder.FullName])) ?? throw new IOException("the comparison did not start");
            try
            {
                await run.WaitForExitAsync(interrupted);
            }
            catch (OperationCanceledException)
            {
                run.Kill(entireProcessTree: true);
                await run.WaitForExitAsync(CancellationToken.None);
                throw;
            }

            var made = Path.Combine(folder.FullName, "latest", "results.json");
            return File.Exists(made) ? (ResultFiles.Read(made), run.ExitCode)
                : throw new IOException($"a run of the comparison ended with {run.ExitCode} and without a result");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
