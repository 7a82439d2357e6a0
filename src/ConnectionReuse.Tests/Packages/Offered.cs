namespace ConnectionReuse.Tests.Packages;

/// <summary>What other projects can install.</summary>
internal static class Offered
{
    /// <summary>The libraries among them.</summary>
    public static IReadOnlyList<string> Libraries { get; } = ["ConnectionReuse.Abstractions", "ConnectionReuse.BenchmarkDotNet", "ConnectionReuse.Testing", "ConnectionReuse.Turns", "ConnectionReuse.Turns.BenchmarkDotNet"];

    /// <summary>The projects that are packed: all others lie inside the tool.</summary>
    public static IReadOnlyList<string> Projects { get; } = [.. Libraries, "ConnectionReuse.Bench"];
}
