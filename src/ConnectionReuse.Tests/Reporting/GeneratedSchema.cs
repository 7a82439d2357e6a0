using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Xml.Linq;
using ConnectionReuse.Results;

namespace ConnectionReuse.Tests.Reporting;

/// <summary>The schemas of a result file and of two side by side, out of the records and their documentation.</summary>
internal static class GeneratedSchema
{
    private static readonly XDocument Documentation = XDocument.Load(Path.ChangeExtension(typeof(ResultFile).Assembly.Location, ".xml"));

    // Members that came after the first files of this version of the schema, which have not got them.
    private static readonly HashSet<string> Later =
        ["interference", "gen0Collections", "gen1Collections", "gen2Collections", "physicalProcessors", "physicalCores", "timerHertz"];

    public static string Text() => Text(typeof(ResultFile), ResultFile.CurrentSchemaVersion);

    public static string OfComparison() => Text(typeof(ResultComparison), ResultComparison.CurrentSchemaVersion);

    private static string Text(Type type, int version)
    {
        var schema = ResultJson.Options.GetJsonSchemaAsNode(type, new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Describe });
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
        var found = Documentation.Descendants("member").FirstOrDefault(one => (string?)one.Attribute("name") == member);
        var text = found?.Element("summary") ?? Parameter(member);
        return text is null ? null : string.Join(' ', Words(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    // A positional member of a record is documented where the record is.
    private static XElement? Parameter(string member)
    {
        var at = member.LastIndexOf('.');
        return Documentation.Descendants("member").FirstOrDefault(one => (string?)one.Attribute("name") == $"T:{member[2..at]}")?
            .Elements("param").FirstOrDefault(parameter => (string?)parameter.Attribute("name") == member[(at + 1)..]);
    }

    private static string Words(XElement text) => string.Concat(text.Nodes().Select(node => node switch
    {
        XElement { Name.LocalName: "see" } see => JsonNamingPolicy.CamelCase.ConvertName(((string)see.Attribute("cref")!).Split('.')[^1]),
        XElement element => element.Value,
        _ => node.ToString(),
    }));
}
