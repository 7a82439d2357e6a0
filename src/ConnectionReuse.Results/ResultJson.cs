using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ConnectionReuse.Results;

/// <summary>A result file as JSON text, as <c>results/schema.json</c> describes it.</summary>
public static class ResultJson
{
    private const double ShortestSeconds = 1e-9; // a tick of the finest clock

    // The relaxed encoder leaves quotes of a command line readable; the text is never put into HTML.
    private static readonly ResultJsonContext Context = new(
        new JsonSerializerOptions(ResultJsonContext.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>How values become text.</summary>
    internal static JsonSerializerOptions Options => Context.Options;

    /// <summary>The text of a result file; <see cref="Parse"/> gives the same values back, to the last bit.</summary>
    public static string Serialize(ResultFile file) => JsonSerializer.Serialize(file, Context.ResultFile) + "\n";

    /// <summary>The text of two results side by side, as <c>results/schema-comparison.json</c> describes it.</summary>
    public static string Serialize(ResultComparison comparison) => JsonSerializer.Serialize(comparison, Context.ResultComparison) + "\n";

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
            var version = document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("schemaVersion", out var member)
                && member.ValueKind == JsonValueKind.Number
                && member.TryGetInt32(out var number)
                    ? number
                    : throw new ResultFileException("not a result file: it has no schemaVersion");
            return SaneNumbers.Complaint(document.RootElement) is { } complaint
                ? throw new ResultFileException($"a damaged result file: {complaint}")
                : version;
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

    // The client's own part is a difference of two clocks' readings and may be less than nothing.
    private static double[] Parts(PhaseTimes phases) => [phases.DnsSeconds, phases.ConnectSeconds, phases.TlsSeconds, phases.FirstByteSeconds, phases.BodySeconds];

    // What the serializer lets pass and every reader of the figures would trip over.
    private static void RefuseImpossibleValues(ResultFile file)
    {
        if (file.Runs.Contains(null!) || file.Rows.Contains(null!) || file.Ratios.Contains(null!) || file.Rows.Any(row => row.Launches.Contains(null!)))
        {
            throw new ResultFileException("a damaged result file: one of its entries is null");
        }

        var launches = file.Rows.SelectMany(row => row.Launches).ToArray();
        var samples = launches.SelectMany(launch => launch.IterationSeconds);
        if (file.Runs.Count == 0 || file.Rows.Any(row => row.Run < 0 || row.Run >= file.Runs.Count))
        {
            throw new ResultFileException("a damaged result file: a row comes from no run");
        }

        if (file.Rows.Any(row => row.Requests < 1) || samples.Any(seconds => seconds <= 0))
        {
            throw new ResultFileException("a damaged result file: a time or a number of requests is not positive");
        }

        if (samples.Any(seconds => seconds < ShortestSeconds))
        {
            throw new ResultFileException("a damaged result file: an iteration took less than a clock can tell");
        }

        if (launches.Any(launch => launch.Turns < 0 || (launch.Turns > 0 && launch.IterationSeconds.Count % launch.Turns != 0)))
        {
            throw new ResultFileException("a damaged result file: a launch's iterations cannot be shared out over its turns");
        }

        if (file.Rows.Select(row => row.Phases).OfType<PhaseTimes>().Any(phases => Parts(phases).Any(seconds => seconds < 0) || phases.TotalSeconds() <= 0))
        {
            throw new ResultFileException("a damaged result file: a phase took less than no time, or all of them together none");
        }

        if (file.Rows.Select(row => row.Link).Concat(file.Ratios.Select(ratio => ratio.Parameters.Link)).OfType<ResultLink>().Any(link => link is { RttMilliseconds: < 0 } or { ServerTimeMilliseconds: < 0 } or { BandwidthBitsPerSecond: < 1 }))
        {
            throw new ResultFileException("a damaged result file: a link's delay or bandwidth is negative");
        }

        if (file.Rows.Any(row => row.RoundTripMilliseconds <= 0))
        {
            throw new ResultFileException("a damaged result file: a round trip takes no time, or less");
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
        typeof(CamelCaseConverter<RatioKind>), typeof(CamelCaseConverter<GateVerdict>), typeof(CamelCaseConverter<GateMeasure>), typeof(CauseConverter),
    ])]
[JsonSerializable(typeof(ResultFile))]
[JsonSerializable(typeof(ResultComparison))]
[JsonSerializable(typeof(SchemaOneFile))]
internal sealed partial class ResultJsonContext : JsonSerializerContext;

// Files of before it wrote names hold numbers.
internal sealed class CauseConverter() : JsonStringEnumConverter<ReuseCause>(JsonNamingPolicy.CamelCase, allowIntegerValues: true);

internal sealed class CamelCaseConverter<TEnum>()
    : JsonStringEnumConverter<TEnum>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where TEnum : struct, Enum;
