using System.Text.Json;
using System.Text.Json.Nodes;
using ConnectionReuse.Results;
using ConnectionReuse.Targets;
using NJsonSchema;
using Xunit;
using static ConnectionReuse.Tests.Reporting.SampleRuns;

namespace ConnectionReuse.Tests.Reporting;

public sealed class SchemaTests
{
    // Published results of this schema version lack them.
    private static readonly string[] AddedLater = ["slowStartRoundTrips", "poolConnectionsOpened"];

    private static readonly string Schema = File.ReadAllText(Golden.Repository("results/schema.json"));

    [Fact]
    public async Task A_result_file_follows_the_schema()
    {
        var schema = await JsonSchema.FromJsonAsync(Schema, TestContext.Current.CancellationToken);
        var file = SampleRuns.Run(
        [
            .. KestrelHttps(),
            .. Enum.GetValues<RowStatus>().Select(status => Empty(TargetIds.Real, "fresh", status, "a reason")),
        ]);

        Assert.Empty(schema.Validate(ResultJson.Serialize(file)));
    }

    [Fact]
    public async Task A_member_too_many_or_too_few_breaks_the_schema()
    {
        var schema = await JsonSchema.FromJsonAsync(Schema, TestContext.Current.CancellationToken);
        var file = JsonNode.Parse(ResultJson.Serialize(SampleRuns.Run(WireMockHttp())))!;
        file["environment"]!["hostName"] = "example";
        file["rows"]![0]!.AsObject().Remove("median");

        Assert.Equal(2, schema.Validate(file.ToJsonString()).Count);
    }

    [Theory]
    [InlineData(typeof(ResultFile), null)]
    [InlineData(typeof(RunEnvironment), "environment")]
    [InlineData(typeof(ResultRow), "row")]
    [InlineData(typeof(CallTimes), "callTimes")]
    [InlineData(typeof(Launch), "launch")]
    [InlineData(typeof(ResultRatio), "ratio")]
    [InlineData(typeof(ResultLink), "link")]
    [InlineData(typeof(PhaseTimes), "phases")]
    [InlineData(typeof(ModelFigures), "model")]
    [InlineData(typeof(ModelSaving), "saving")]
    public void The_schema_names_and_describes_every_member_and_no_other(Type type, string? definition)
    {
        var root = JsonNode.Parse(Schema)!;
        var described = definition is null ? root : root["definitions"]![definition]!;
        var members = type.GetProperties().Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name)).ToArray();

        Assert.Equal(members, described["properties"]!.AsObject().Select(property => property.Key));
        Assert.Equal(members.Except(AddedLater), described["required"]!.AsArray().Select(name => (string)name!));
        Assert.False((bool)described["additionalProperties"]!);
        Assert.All(described["properties"]!.AsObject(), property => Assert.NotNull(property.Value!["description"] ?? property.Value["$ref"]));
    }

    [Fact]
    public void The_schema_knows_every_status_and_the_version()
    {
        var root = JsonNode.Parse(Schema)!;

        Assert.Equal(ResultFile.CurrentSchemaVersion, (int)root["properties"]!["schemaVersion"]!["const"]!);
        Assert.Equal(
            Enum.GetNames<RowStatus>().Select(JsonNamingPolicy.CamelCase.ConvertName),
            root["definitions"]!["row"]!["properties"]!["status"]!["enum"]!.AsArray().Select(name => (string)name!));
    }
}
