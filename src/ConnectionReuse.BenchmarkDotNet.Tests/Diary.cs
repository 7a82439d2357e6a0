namespace ConnectionReuse.BenchmarkDotNet.Tests;

/// <summary>What the benchmark processes of a test did, in its order: one file that all of them append to.</summary>
internal static class Diary
{
    private const string Variable = "TURNS_TEST_DIARY";

    public static string? Path
    {
        get => Environment.GetEnvironmentVariable(Variable);
        set => Environment.SetEnvironmentVariable(Variable, value);
    }

    public static void Write(string entry)
    {
        if (Path is { } path)
        {
            File.AppendAllText(path, entry + "\n");
        }
    }
}
