namespace ConnectionReuse.Turns.BenchmarkDotNet;

/// <summary>What a benchmark process says beside its times: one line of BenchmarkDotNet's own channel.</summary>
internal static class Notes
{
    private const string Prefix = "// note: ";

    /// <summary>The line that carries a text without line breaks.</summary>
    public static string Line(string text) => Prefix + text;

    /// <summary>The last note among the lines of a process that begin with two slashes; null when there is none.</summary>
    public static string? In(IEnumerable<string> lines) =>
        lines.LastOrDefault(line => line.StartsWith(Prefix, StringComparison.Ordinal))?[Prefix.Length..];
}
