using System.Runtime.CompilerServices;
using Xunit;

namespace ConnectionReuse.Tests.Reporting;

/// <summary>Rendered text, held by files that a reader can open; UPDATE_GOLDEN=1 rewrites them.</summary>
internal static class Golden
{
    public static void Holds(string name, string actual)
    {
        var path = Path.Combine(Here(), "Golden", name);
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(path, actual);
        }

        Assert.Equal(File.ReadAllText(path).ReplaceLineEndings("\n"), actual);
    }

    /// <summary>A file of the repository, by its path from the root.</summary>
    public static string Repository(string path) => Path.Combine(Here(), "..", "..", "..", path);

    private static string Here([CallerFilePath] string source = "") => Path.GetDirectoryName(source)!;
}
