using System.Runtime.CompilerServices;

namespace ConnectionReuse.Tests;

/// <summary>Where this source tree lies.</summary>
internal static class Source
{
    public static string Repository { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", ".."));

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
