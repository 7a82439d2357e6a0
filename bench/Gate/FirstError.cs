namespace ConnectionReuse.Bench.Gate;

/// <summary>The line of a tool's output that tells why it failed.</summary>
internal static class FirstError
{
    /// <summary>The first line that speaks of an error; the last line where none does.</summary>
    public static string Of(string output)
    {
        ArgumentNullException.ThrowIfNull(output);
        var lines = output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return lines.FirstOrDefault(line => line.Contains("error", StringComparison.OrdinalIgnoreCase)) ?? lines.LastOrDefault() ?? "it said nothing";
    }
}
