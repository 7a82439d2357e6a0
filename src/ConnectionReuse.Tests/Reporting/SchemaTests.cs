using System.Text.Json.Nodes;
using ConnectionReuse.Reporting.Reports;
using ConnectionReuse.Results;
using NJsonSchema;
using Xunit;
using static ConnectionReuse.Tests.Reporting.SampleRuns;

namespace ConnectionReuse.Tests.Reporting;

public sealed class SchemaTests
{
    [Fact]
    public void The_committed_schema_is_the_one_of_the_records() =>
        Golden.Holds(Golden.Repository("results/schema.json"), GeneratedSchema.Text());

    [Theory]
    [InlineData("comparison")]
    [InlineData("diagnosis")]
    [InlineData("watch")]
    public void The_committed_schemas_of_all_else_are_those_of_the_records(string name) =>
        Golden.Holds(Golden.Repository($"results/schema-{name}.json"), GeneratedSchema.Others[name]());

    [Fact]
    public void The_schemas_describe_every_member()
    {
        var properties = GeneratedSchema.Others.Values.Select(schema => schema()).Append(GeneratedSchema.Text())
            .SelectMany(text => Nodes(JsonNode.Parse(text)!)).Select(node => node["properties"]).OfType<JsonObject>().ToArray();

        Assert.NotEmpty(properties);
        Assert.All(properties, one => Assert.All(one, member => Assert.False(string.IsNullOrEmpty((string?)member.Value!["description"]), member.Key)));
    }

    [Fact]
    public async Task A_result_file_follows_the_schema()
    {
        var file = SampleRuns.Run(
        [
            .. KestrelHttps(),
            .. Enum.GetValues<RowStatus>().Select(status => Empty(TargetIds.Real, "fresh", status, "a reason")),
        ]);

        Assert.Empty((await SchemaAsync()).Validate(ResultJson.Serialize(file)));
    }

    [Fact]
    public async Task A_member_too_many_or_too_few_breaks_the_schema()
    {
        var file = JsonNode.Parse(ResultJson.Serialize(SampleRuns.Run(WireMockHttp())))!;
        file["environment"]!["hostName"] = "example";
        file["rows"]![0]!.AsObject().Remove("median");

        Assert.Equal(2, (await SchemaAsync()).Validate(file.ToJsonString()).Count);
    }

    /// <summary>Every result that is committed.</summary>
    public static TheoryData<string> Committed => [.. Directory
        .GetFiles(Golden.Repository("results"), ResultFiles.Name, SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(Golden.Repository("results"), path))
        .Where(path => !path.StartsWith("local", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Committed))]
    public async Task A_committed_result_follows_its_schema_and_as_it_is_read_todays(string path)
    {
        var text = await File.ReadAllTextAsync(Path.Combine(Golden.Repository("results"), path), TestContext.Current.CancellationToken);
        var version = (int)JsonNode.Parse(text)!["schemaVersion"]!;

        Assert.Empty((await SchemaAsync(version == 1 ? "schema-1.json" : "schema.json")).Validate(text));
        Assert.Empty((await SchemaAsync()).Validate(ResultJson.Serialize(ResultJson.Parse(text))));
        Assert.NotEmpty(Report.Render(ResultJson.Parse(text)));
    }

    internal static async Task<JsonSchema> SchemaAsync(string name = "schema.json") =>
        await JsonSchema.FromJsonAsync(await File.ReadAllTextAsync(Golden.Repository($"results/{name}"), TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);

    private static IEnumerable<JsonObject> Nodes(JsonNode node) => node switch
    {
        JsonObject members => members.Select(member => member.Value).OfType<JsonNode>().SelectMany(Nodes).Prepend(members),
        JsonArray items => items.OfType<JsonNode>().SelectMany(Nodes),
        _ => [],
    };
}
