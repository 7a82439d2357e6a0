using System.Text.Json;
using System.Text.Json.Serialization;
using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.Gate;

/// <summary>The runs of the validation record, each a line of JSON.</summary>
internal static class ValidationJson
{
    /// <summary>The line of a run; <see cref="Parse"/> gives the same values back.</summary>
    public static string Serialize(ValidationRun run) => JsonSerializer.Serialize(run, ValidationJsonContext.Default.ValidationRun);

    /// <summary>The run that a line holds.</summary>
    /// <exception cref="JsonException">The line is not one.</exception>
    public static ValidationRun Parse(string line) => JsonSerializer.Deserialize(line, ValidationJsonContext.Default.ValidationRun)
        ?? throw new JsonException("not a run of the validation record");
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters = [typeof(CamelCaseConverter<GateVerdict>), typeof(CamelCaseConverter<GateMeasure>)])]
[JsonSerializable(typeof(ValidationRun))]
internal sealed partial class ValidationJsonContext : JsonSerializerContext;
