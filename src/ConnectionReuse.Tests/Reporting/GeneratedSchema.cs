using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Xml.Linq;
using ConnectionReuse.Bench.Watch;
using ConnectionReuse.Diagnosis;
using ConnectionReuse.Results;

namespace ConnectionReuse.Tests.Reporting;

/// <summary>The schemas of what is written as JSON, out of the records and their documentation.</summary>
internal static class GeneratedSchema
{
    private static readonly Dictionary<string, XElement> Documentation = ((Type[])[typeof(ResultFile), typeof(DiagnosisReport), typeof(WatchReport)])
        .SelectMany(type => XDocument.Load(Path.ChangeExtension(type.Assembly.Location, ".xml")).Descendants("member"))
        .DistinctBy(member => (string)member.Attribute("name")!) // what the compiler generates has one name in several assemblies
        .ToDictionary(member => (string)member.Attribute("name")!);

    // Members that came after the first files of this version of the schema, which have not got them.
    private static readonly HashSet<string> Later =
        ["interference", "gen0Collections", "gen1Collections", "gen2Collections", "clientCpuMicroseconds", "serverCpuMicroseconds", "physicalProcessors", "physicalCores", "timerHertz"];

    public static string Text() => Text(typeof(ResultFile), ResultFile.CurrentSchemaVersion, ResultJson.Options);

    /// <summary>Those of what is written beside results, by the words of their files.</summary>
    public static IReadOnlyDictionary<string, Func<string>> Others { get; } = new Dictionary<string, Func<string>>
    {
        ["comparison"] = () => Text(typeof(ResultComparison), ResultComparison.CurrentSchemaVersion, ResultJson.Options),
        ["diagnosis"] = () => Text(typeof(DiagnosisReport), DiagnosisReport.CurrentSchemaVersion, DiagnosisJsonContext.Default.Options),
        ["watch"] = () => Text(typeof(WatchReport), WatchReport.CurrentSchemaVersion, WatchJson.Default.Options),
    };

    private static string Text(Type type, int version, JsonSerializerOptions options)
    {
        var schema = options.GetJsonSchemaAsNode(type, new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Describe });
        var root = new JsonObject { ["$schema"] = "https://json-schema.org/draft/2020-12/schema", ["title"] = type.Name, ["description"] = Summary($"T:{type.FullName}") };
        foreach (var (name, value) in schema.AsObject().ToArray())
        {
            root[name] = value?.DeepClone();
        }

        root["properties"]!["schemaVersion"]!["const"] = version;
        return root.ToJsonString(new JsonSerializerOptions(ResultJson.Options) { WriteIndented = true }) + "\n";
    }

    // Every member is written, null or not, and there is no other; files from before a member was added are files of this schema too.
    private static JsonNode Describe(JsonSchemaExporterContext context, JsonNode schema)
    {
        if (schema is not JsonObject node)
        {
            return schema;
        }

        if (node["properties"] is JsonObject members)
        {
            node["required"] = new JsonArray([.. members.Where(member => !Later.Contains(member.Key)).Select(member => (JsonNode)member.Key)]);
            node["additionalProperties"] = false;
        }

        if (context.PropertyInfo?.AttributeProvider is MemberInfo member && Summary($"P:{member.DeclaringType!.FullName}.{member.Name}") is { } summary)
        {
            node.Insert(0, "description", summary);
        }

        return node;
    }

    private static string? Summary(string member)
    {
        var found = Documentation.GetValueOrDefault(member);
        var text = found?.Element("summary") ?? Parameter(member);
        return text is null ? null : string.Join(' ', Words(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    // A positional member of a record is documented where the record is.
    private static XElement? Parameter(string member)
    {
        var at = member.LastIndexOf('.');
        return Documentation.GetValueOrDefault($"T:{member[2..at]}")?
            .Elements("param").FirstOrDefault(parameter => (string?)parameter.Attribute("name") == member[(at + 1)..]);
    }

    private static string Words(XElement text) => string.Concat(text.Nodes().Select(node => node switch
    {
        XElement { Name.LocalName: "see" } see => JsonNamingPolicy.CamelCase.ConvertName(((string)see.Attribute("cref")!).Split('.')[^1]),
        XElement element => element.Value,
        _ => node.ToString(),
    }));
}
