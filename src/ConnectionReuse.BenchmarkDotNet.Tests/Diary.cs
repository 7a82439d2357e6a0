using System.Diagnostics;
using System.Text;

namespace ConnectionReuse.BenchmarkDotNet.Tests;

/// <summary>What the benchmark processes of a test did, in its order: one file that all of them append to.</summary>
internal static class Diary
{
    private const string Variable = "TURNS_TEST_DIARY";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static string? Path
    {
        get => Environment.GetEnvironmentVariable(Variable);
        set => Environment.SetEnvironmentVariable(Variable, value);
    }

    public static void Write(string entry)
    {
        if (Path is not { } path)
        {
            return;
        }

        // Alone: two that append at the same moment write at the same place, and one entry would be lost.
        for (var start = Stopwatch.GetTimestamp(); ; Thread.Sleep(1))
        {
            try
            {
                using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.None);
                file.Write(Encoding.UTF8.GetBytes(entry + "\n"));
                return;
            }
            catch (IOException) when (Stopwatch.GetElapsedTime(start) < Patience)
            {
                // another process writes
            }
        }
    }
}
