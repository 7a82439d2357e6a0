namespace ConnectionReuse.Tests.EndToEnd;

/// <summary>The program in another folder than these tests.</summary>
internal static class ProgramCopy
{
    /// <summary>Copies what the program needs to run.</summary>
    /// <returns>The path of the copy.</returns>
    public static string To(string folder)
    {
        var from = AppContext.BaseDirectory;
        Directory.CreateDirectory(folder);
        foreach (var file in Directory.EnumerateFiles(from).Where(file => !Path.GetFileName(file).StartsWith("ConnectionReuse.Bench-", StringComparison.Ordinal))) // what a run has placed for as long as it takes
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }

        foreach (var file in Directory.EnumerateDirectories(from, "runtimes").SelectMany(runtimes => Directory.EnumerateFiles(runtimes, "*", SearchOption.AllDirectories)))
        {
            var copy = Path.Combine(folder, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        return Path.Combine(folder, "ConnectionReuse.Bench.dll");
    }
}
