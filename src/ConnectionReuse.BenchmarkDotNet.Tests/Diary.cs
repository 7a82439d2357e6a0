using System.Diagnostics;

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

        // Whoever writes has the file alone, and two processes may be warm at the same moment.
        for (var start = Stopwatch.GetTimestamp(); ; Thread.Sleep(1))
        {
            try
            {
                File.AppendAllText(path, entry + "\n");
                return;
            }
            catch (IOException) when (Stopwatch.GetElapsedTime(start) < Patience)
            {
                // another process writes
            }
        }
    }
}
