using System.Text.Json.Nodes;
using ConnectionReuse.Results;
using ConnectionReuse.Tests.Faults;
using Xunit;
using static ConnectionReuse.Tests.Reporting.SampleRuns;

namespace ConnectionReuse.Tests.Reporting;

public sealed class ResultJsonTests
{
    private static readonly ResultFile Sample = SampleRuns.Run(
        [.. KestrelHttps(), Empty(TargetIds.Real, "fresh", RowStatus.NotRun, "the run was interrupted")]);

    [Fact]
    public void What_is_written_is_read_back_to_the_last_bit()
    {
        var read = ResultJson.Parse(ResultJson.Serialize(Sample));

        Assert.Equivalent(Sample, read, strict: true);
        Assert.Equal(
            Sample.Rows.SelectMany(row => row.Launches).SelectMany(launch => launch.IterationSeconds),
            read.Rows.SelectMany(row => row.Launches).SelectMany(launch => launch.IterationSeconds));
    }

    [Fact]
    public void Names_are_in_camel_case_and_nulls_are_written()
    {
        var row = JsonNode.Parse(ResultJson.Serialize(Sample))!["rows"]!.AsArray()[^1]!.AsObject();

        Assert.Equal("notRun", (string?)row["status"]);
        Assert.True(row.ContainsKey("median"));
        Assert.Null(row["median"]);
    }

    [Fact]
    public void A_text_that_is_no_result_file_is_refused_in_one_line()
    {
        var text = ResultJson.Serialize(Sample);
        var half = text[..text.IndexOf("\"rows\"", StringComparison.Ordinal)];

        Assert.Equal($"not a result file, or half of one: it stops being JSON in line {half.Split('\n').Length}", Refusal(half));
        Assert.Equal("not a result file, or half of one: it stops being JSON in line 1", Refusal("total: 52.749 s"));
        Assert.Equal("not a result file, or half of one: it stops being JSON in line 1", Refusal(""));
        Assert.Equal("not a result file: it has no schemaVersion", Refusal("[]"));
        Assert.Equal("not a result file: it has no schemaVersion", Refusal("{\"rows\":[]}"));
    }

    [Theory]
    [InlineData(0, "schemaVersion 0 is older than the 1 that this program reads: run the comparison again")]
    [InlineData(99, "schemaVersion 99 is newer than the 2 that this program reads: update the program")]
    [Fault("a result of schema {0}", "{1}; exit 2")]
    public void Another_schema_version_is_refused_with_what_to_do(int version, string message) =>
        Assert.Equal(message, Refusal(Changed(file => file["schemaVersion"] = version)));

    [Theory]
    [InlineData("environment")]
    [InlineData("rows")]
    [InlineData("ratios")]
    [Fault("a result without its {0}", "a damaged result file: $ lacks it; exit 2")]
    public void A_missing_part_is_named(string member) =>
        Assert.Equal($"a damaged result file: $ lacks '{member}'", Refusal(Changed(file => file.Remove(member))));

    [Fact]
    [Fault("a row without its client", "a damaged result file: $.rows[1] lacks client; exit 2")]
    public void A_missing_member_is_named_with_its_place() => Assert.Equal(
        "a damaged result file: $.rows[1] lacks 'client'",
        Refusal(Changed(file => file["rows"]![1]!.AsObject().Remove("client"))));

    [Fact]
    [Fault("a status, target, number or time that no run can write", "which value does not belong there; exit 2")]
    public void A_value_that_no_run_can_write_is_refused()
    {
        Assert.Equal(
            "a damaged result file: the value at $.rows[0].status does not belong there",
            Refusal(Changed(file => file["rows"]![0]!["status"] = "fast")));
        Refusal(Changed(file => file["rows"]![0]!["status"] = 0));
        Refusal(Changed(file => file["rows"]![0]!["target"] = null));
        Refusal(Changed(file => file["rows"]![0]!["requests"] = 0));
        Refusal(Changed(file => file["rows"]![0] = null));
        Refusal(Changed(file => file["rows"]![0]!["launches"]![0]!["iterationSeconds"]![0] = -1));
    }

    private static string Changed(Action<JsonObject> change)
    {
        var file = JsonNode.Parse(ResultJson.Serialize(Sample))!.AsObject();
        change(file);
        return file.ToJsonString();
    }

    private static string Refusal(string json)
    {
        var message = Assert.Throws<ResultFileException>(() => ResultJson.Parse(json)).Message;
        Assert.DoesNotContain('\n', message);
        return message;
    }
}
