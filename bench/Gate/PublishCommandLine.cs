using System.Diagnostics;

namespace ConnectionReuse.Bench.Gate;

/// <summary>How a work tree is published: alike, whatever the environment says, and without processes that stay.</summary>
internal static class PublishCommandLine
{
    private const string Compiler = "UseSharedCompilation";

    // MSBuild takes every variable of the environment for a property, in any case: these decide what is built, and where it goes.
    private static readonly HashSet<string> Properties = new(StringComparer.OrdinalIgnoreCase)
    {
        "Platform", "PlatformTarget", "Configuration", "TargetFramework", "TargetFrameworks", "RuntimeIdentifier", "RuntimeIdentifiers", "SelfContained",
        "OutputPath", "OutDir", "BaseOutputPath", "IntermediateOutputPath", "BaseIntermediateOutputPath", "MSBuildProjectExtensionsPath",
        "ArtifactsPath", "UseArtifactsOutput", "PublishDir", "AssemblyName", "OutputType", "TargetName", "TargetExt", "TargetPath", "Version", "VersionPrefix", "VersionSuffix",
    };

    /// <summary>The command.</summary>
    /// <param name="tree">The work tree.</param>
    /// <param name="folder">Where the program goes.</param>
    public static ProcessStartInfo Of(string tree, string folder)
    {
        var start = new ProcessStartInfo("dotnet", ["publish", Path.Combine(tree, "bench"), "-c", "Release", "-o", folder, "-v", "quiet", "--nologo"]) { WorkingDirectory = tree };
        foreach (var name in start.Environment.Keys.Where(Properties.Contains).ToArray())
        {
            start.Environment.Remove(name);
        }

        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment.TryAdd(Compiler, "false");
        return start;
    }
}
