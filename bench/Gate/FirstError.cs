using System.Text.RegularExpressions;

namespace ConnectionReuse.Bench.Gate;

/// <summary>The line of a tool's output that tells why it failed.</summary>
internal static partial class FirstError
{
    /// <summary>The SDK that is missing, where one is; else the first line that speaks of an error; the last line where none does.</summary>
    public static string Of(string output)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (WantedSdk().Match(output) is { Success: true } wanted && output.Contains("SDK was not found", StringComparison.Ordinal))
        {
            var there = string.Join(", ", InstalledSdk().Matches(output).Select(sdk => sdk.Groups[1].Value));
            return $"its global.json wants the .NET SDK {wanted.Groups[1].Value}, and here {(there.Length == 0 ? "is none" : $"is {there}")}";
        }

        var lines = output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return lines.FirstOrDefault(line => line.Contains("error", StringComparison.OrdinalIgnoreCase)) ?? lines.LastOrDefault() ?? "it said nothing";
    }

    [GeneratedRegex(@"Requested SDK version: (\S+)")]
    private static partial Regex WantedSdk();

    [GeneratedRegex(@"^(\S+) \[[^\]]*\]", RegexOptions.Multiline)]
    private static partial Regex InstalledSdk();
}
