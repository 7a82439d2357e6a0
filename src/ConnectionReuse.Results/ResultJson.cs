using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ConnectionReuse.Results;

/// <summary>A result file as JSON text, as <c>results/schema.json</c> describes it.</summary>
public static class ResultJson
{
    // The relaxed encoder leaves quotes of a command line readable; the text is never put into HTML.
    private static readonly ResultJsonContext Context = new(
        new JsonSerializerOptions(ResultJsonContext.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>How values become text.</summary>
    internal static JsonSerializerOptions Options => Context.Options;

    /// <summary>The text of a result file; <see cref="Parse"/> gives the same values back, to the last bit.</summary>
    public static string Serialize(ResultFile file) => JsonSerializer.Serialize(file, Context.ResultFile) + "\n";

    /// <summary>The result file that a text holds.</summary>
    /// <exception cref="ResultFileException">The text is damaged, or of another schema version.</exception>
    public static ResultFile Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);

        // The version comes first: a file of another one may lack members, and that is not what is wrong with it.
        var version = SchemaVersion(json);
        RefuseOtherVersions(version);
        try
        {
            var file = version == 1 ? SchemaOneReader.Parse(json) : JsonSerializer.Deserialize(json, Context.ResultFile)!;
            RefuseImpossibleValues(file);
            return file;
        }
        catch (JsonException exception)
        {
            throw new ResultFileException($"a damaged result file: {Describe(exception)}", exception);
        }
    }

    private static void RefuseOtherVersions(int version)
    {
        switch (version)
        {
            case < 1:
                throw new ResultFileException(
                    $"schemaVersion {version} is older than the 1 that this program reads: run the comparison again");
            case > ResultFile.CurrentSchemaVersion:
                throw new ResultFileException(
                    $"schemaVersion {version} is newer than the {ResultFile.CurrentSchemaVersion} that this program reads: update the program");
        }
    }

    private static int SchemaVersion(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("schemaVersion", out var member)
                && member.ValueKind == JsonValueKind.Number
                && member.TryGetInt32(out var version)
                    ? version
                    : throw new ResultFileException("not a result file: it has no schemaVersion");
        }
        catch (JsonException exception)
        {
            throw new ResultFileException($"not a result file, or half of one: it stops being JSON in line {exception.LineNumber + 1}", exception);
        }
    }

    // System.Text.Json names a missing member in its message only.
    private static string Describe(JsonException exception) =>
        exception.Message.Split("missing required properties including: ") is [_, var tail]
            ? $"{exception.Path} lacks {tail.Split(". ")[0].TrimEnd('.')}"
            : $"the value at {exception.Path} does not belong there";

    // What the serializer lets pass and every reader of the figures would trip over.
    private static void RefuseImpossibleValues(ResultFile file)
    {
        if (file.Runs.Contains(null!) || file.Rows.Contains(null!) || file.Ratios.Contains(null!) || file.Rows.Any(row => row.Launches.Contains(null!)))
        {
            throw new ResultFileException("a damaged result file: one of its entries is null");
        }

        var samples = file.Rows.SelectMany(row => row.Launches).SelectMany(launch => launch.IterationSeconds);
        if (file.Runs.Count == 0 || file.Rows.Any(row => row.Run < 0 || row.Run >= file.Runs.Count))
        {
            throw new ResultFileException("a damaged result file: a row comes from no run");
        }

        if (file.Rows.Any(row => row.Requests < 1) || samples.Any(seconds => seconds <= 0))
        {
            throw new ResultFileException("a damaged result file: a time or a number of requests is not positive");
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    WriteIndented = true,
    NewLine = "\n",
    Converters =
    [
        typeof(CamelCaseConverter<RowStatus>), typeof(CamelCaseConverter<Method>), typeof(CamelCaseConverter<RunKind>),
        typeof(CamelCaseConverter<RatioKind>), typeof(CamelCaseConverter<GateVerdict>), typeof(CamelCaseConverter<GateMeasure>),
    ])]
[JsonSerializable(typeof(ResultFile))]
[JsonSerializable(typeof(SchemaOneFile))]
internal sealed partial class ResultJsonContext : JsonSerializerContext;

internal sealed class CamelCaseConverter<TEnum>()
    : JsonStringEnumConverter<TEnum>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where TEnum : struct, Enum;
