using System.Text.Json.Nodes;
using Xunit;

namespace ConnectionReuse.Tests.Crank;

/// <summary>The end of a program's output, read as dotnet/crank's agent reads it (Startup.ParseMeasurementOutput) and its controller.</summary>
/// <param name="Metadata">What it says of its measurements, by their names.</param>
/// <param name="Values">The measurements, by their names.</param>
internal sealed record CrankBlock(IReadOnlyDictionary<string, JsonNode> Metadata, IReadOnlyDictionary<string, JsonNode> Values)
{
    /// <summary>Reads what the last line of an output ends.</summary>
    public static CrankBlock Of(string output)
    {
        var lines = output.TrimEnd('\n').Split('\n');
        Assert.Equal("#EndJobStatistics", lines[^1]);
        var start = Array.FindLastIndex(lines, line => line.Contains("#StartJobStatistics", StringComparison.OrdinalIgnoreCase));
        var statistics = JsonNode.Parse(string.Join('\n', lines[(start + 1)..^1]))!;
        var block = new CrankBlock(ByName(statistics[nameof(Metadata)]!), ByName(statistics["Measurements"]!));
        Assert.Equal(block.Values.Keys.Order(StringComparer.Ordinal), block.Metadata.Keys.Order(StringComparer.Ordinal));
        return block;
    }

    /// <summary>A figure.</summary>
    public double this[string name] => (double)Values[name];

    // One of each name: the agent takes several for several points in time.
    private static Dictionary<string, JsonNode> ByName(JsonNode array) => array.AsArray().ToDictionary(each => (string)each!["Name"]!, each => each!["Value"] ?? each, StringComparer.Ordinal);
}
