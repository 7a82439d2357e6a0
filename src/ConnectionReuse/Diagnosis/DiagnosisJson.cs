using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ConnectionReuse.Results;

namespace ConnectionReuse.Diagnosis;

/// <summary>A diagnosis as JSON text.</summary>
internal static class DiagnosisJson
{
    // The relaxed encoder leaves quotes readable; the text is never put into HTML.
    private static readonly DiagnosisJsonContext Context = new(
        new JsonSerializerOptions(DiagnosisJsonContext.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>The text.</summary>
    public static string Serialize(DiagnosisReport report) => JsonSerializer.Serialize(report, Context.DiagnosisReport) + "\n";
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    NewLine = "\n",
    Converters = [typeof(CamelCaseConverter<ReuseCause>), typeof(CamelCaseConverter<ConnectionEnd>)])]
[JsonSerializable(typeof(DiagnosisReport))]
internal sealed partial class DiagnosisJsonContext : JsonSerializerContext;
