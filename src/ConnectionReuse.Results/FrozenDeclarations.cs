using System.Text.Json;
using System.Text.Json.Serialization;

namespace ConnectionReuse.Results;

/// <summary>What the client patterns and the other tools declared when files of schema 1 were written; it never changes again.</summary>
internal static class FrozenDeclarations
{
    private static readonly Dictionary<string, Frozen> Table = Read();

    /// <summary>What a client of that time declared for so many requests; of an unknown one only what its row tells.</summary>
    public static Declaration Of(SchemaOneRow row)
    {
        var tool = row.Tool is { } name ? new DeclaredTool(name, row.ToolChecksCertificates ?? false, Table.GetValueOrDefault(row.Client)?.TimesItself ?? true) : null;
        return Table.TryGetValue(row.Client, out var frozen)
            ? new Declaration
            {
                Statement = frozen.Statement,
                Reuses = frozen.Reuses,
                OpensFullHandshakes = frozen.OpensFullHandshakes,
                IsFloor = frozen.IsFloor,
                Expected = frozen.RequestsPerConnection is { } each ? new ConnectionExpectation(row.Requests / each, row.Requests / each) : frozen.Expected,
                Remedy = row.Advice,
                Floor = frozen.Floor,
                Reference = frozen.Reference,
                RequestsPerClient = frozen.RequestsPerClient,
                InFlight = frozen.InFlight,
                PauseSeconds = frozen.PauseSeconds,
                Tool = tool,
            }
            : new Declaration { Statement = "?", Reuses = 2 * row.Connections <= row.Requests, Remedy = row.Advice, Tool = tool };
    }

    private static Dictionary<string, Frozen> Read()
    {
        using var stream = typeof(FrozenDeclarations).Assembly.GetManifestResourceStream("SchemaOneDeclarations.json")!;
        return JsonSerializer.Deserialize(stream, FrozenJson.Default.DictionaryStringFrozen)!;
    }
}

/// <summary>A line of the table.</summary>
internal sealed record Frozen
{
    public required string Statement { get; init; }

    public required bool Reuses { get; init; }

    public bool OpensFullHandshakes { get; init; }

    public bool IsFloor { get; init; }

    public string? Floor { get; init; }

    public string? Reference { get; init; }

    public int? RequestsPerClient { get; init; }

    public int? InFlight { get; init; }

    public double PauseSeconds { get; init; }

    public ConnectionExpectation? Expected { get; init; }

    public int? RequestsPerConnection { get; init; }

    public bool TimesItself { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Dictionary<string, Frozen>))]
internal sealed partial class FrozenJson : JsonSerializerContext;
