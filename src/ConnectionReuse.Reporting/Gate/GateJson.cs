using System.Text.Json;
using System.Text.Json.Serialization;

namespace ConnectionReuse.Reporting.Gate;

/// <summary>The gate's report as JSON text, with every sample.</summary>
public static class GateJson
{
    /// <summary>The text of a report; <see cref="Parse"/> gives the same values back.</summary>
    public static string Serialize(GateReport report) => JsonSerializer.Serialize(report, GateJsonContext.Default.GateReport) + "\n";

    /// <summary>The report that a text holds.</summary>
    /// <exception cref="JsonException">The text is not one.</exception>
    public static GateReport Parse(string json) => JsonSerializer.Deserialize(json, GateJsonContext.Default.GateReport)
        ?? throw new JsonException("not a report of the gate");

    /// <summary>A line of the validation record.</summary>
    public static string Serialize(ValidationRun run) => JsonSerializer.Serialize(run, GateLineContext.Default.ValidationRun);

    /// <summary>The run that a line of the validation record holds.</summary>
    /// <exception cref="JsonException">The line is not one.</exception>
    public static ValidationRun ParseRun(string line) => JsonSerializer.Deserialize(line, GateLineContext.Default.ValidationRun)
        ?? throw new JsonException("not a run of the validation record");
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters = [typeof(GateVerdictConverter), typeof(GateMeasureConverter)],
    WriteIndented = true,
    NewLine = "\n")]
[JsonSerializable(typeof(GateReport))]
internal sealed partial class GateJsonContext : JsonSerializerContext;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters = [typeof(GateVerdictConverter), typeof(GateMeasureConverter)])]
[JsonSerializable(typeof(ValidationRun))]
internal sealed partial class GateLineContext : JsonSerializerContext;

internal sealed class GateVerdictConverter()
    : JsonStringEnumConverter<GateVerdict>(JsonNamingPolicy.CamelCase, allowIntegerValues: false);

internal sealed class GateMeasureConverter()
    : JsonStringEnumConverter<GateMeasure>(JsonNamingPolicy.CamelCase, allowIntegerValues: false);
