namespace ConnectionReuse.Tests.Documentation;

/// <summary>What other projects can install.</summary>
internal static class Packages
{
    /// <summary>The projects that are packed: all others lie inside the tool.</summary>
    public static IReadOnlyList<string> Offered { get; } = ["ConnectionReuse.Abstractions", "ConnectionReuse.Bench", "ConnectionReuse.BenchmarkDotNet", "ConnectionReuse.Testing", "ConnectionReuse.Turns"];
}
