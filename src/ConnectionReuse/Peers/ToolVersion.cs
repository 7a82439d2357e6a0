namespace ConnectionReuse.Peers;

/// <summary>Versions in what tools say about themselves.</summary>
internal static class ToolVersion
{
    /// <summary>The word behind a tool's name at the start of its output; null where it says something else.</summary>
    public static string? After(string name, string output) =>
        output.StartsWith(name, StringComparison.Ordinal) ? output[name.Length..].Split([' ', '\r', '\n'], 2)[0] : null;
}
