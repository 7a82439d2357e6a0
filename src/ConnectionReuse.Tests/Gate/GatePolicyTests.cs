using ConnectionReuse.Reporting.Gate;
using ConnectionReuse.Results;
using ConnectionReuse.Tests.Faults;
using Xunit;

namespace ConnectionReuse.Tests.Gate;

public sealed class GatePolicyTests
{
    private static readonly GatePolicy Policy = GatePolicy.Parse("""
        {
          // what a project may write
          "rows": {
            "*": { "time": 0.05 },
            "kestrel-http *": { "time": 0.06 },
            "* fresh": { "blocks": false },
            "kestrel-https shared": { "time": 0.2, "bytesPerRequest": 500 },
          },
          "missingInBase": "inconclusive",
          "unbuildableBase": "pass"
        }
        """);

    [Theory]
    [InlineData("kestrel-https shared", 0.2, true)]
    [InlineData("kestrel-http fresh", null, false)]
    [InlineData("kestrel-http shared", 0.06, true)]
    [InlineData("wiremock-http shared", 0.05, true)]
    [InlineData("every client pattern", 0.05, true)]
    public void The_nearest_name_says_what_is_wanted_of_a_row(string name, double? time, bool blocks) =>
        Assert.Equal((time, blocks), (Policy.Of(name).Time, Policy.Of(name).Blocks));

    [Theory]
    [InlineData("", "The input does not contain any JSON tokens")]
    [InlineData("null", "it is empty")]
    [InlineData("""{"rowz": {}}""", "The JSON property 'rowz' could not be mapped")]
    [InlineData("""{"rows": {"*": {"time": -1}}}""", "rows: '*': time is a share such as 0.05, bytesPerRequest a number above 0")]
    [InlineData("""{"rows": {"*": null}}""", "rows: '*': time is a share such as 0.05, bytesPerRequest a number above 0")]
    [InlineData("""{"missingInBase": "maybe"}""", "The JSON value could not be converted")]
    [Fault("a policy that is {0}", "{1}; exit 2")]
    public void A_policy_that_is_none_is_refused_in_one_line(string json, string reason)
    {
        var refused = Assert.Throws<FormatException>(() => GatePolicy.Parse(json));
        Assert.StartsWith(reason, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
    }

    [Fact]
    public void A_slowdown_below_what_the_project_wants_to_know_passes()
    {
        var samples = SamplePasses.Of(1, key => key.ToString() == "kestrel-https shared" ? 0.08 : 0).Rows;

        Assert.Contains(TimeVerdicts.Of(samples, Calibration.None), row => row.Verdict == GateVerdict.Regression);
        Assert.DoesNotContain(TimeVerdicts.Of(samples, Calibration.None, Policy), row => row.Verdict == GateVerdict.Regression);
    }

    [Fact]
    public void Bytes_that_the_project_allows_pass()
    {
        var counts = SamplePasses.Counts(head: (key, counts) => key.ToString() == "kestrel-https shared" ? counts with { AllocatedBytes = counts.AllocatedBytes + (50 * 400) } : counts);

        Assert.Contains(CountVerdicts.Of(counts, Calibration.None), row => row.Verdict == GateVerdict.Regression);
        Assert.DoesNotContain(CountVerdicts.Of(counts, Calibration.None, Policy), row => row.Verdict == GateVerdict.Regression);
    }

    [Fact]
    public void A_row_that_does_not_block_is_advice()
    {
        var counts = SamplePasses.Counts(head: (key, counts) => key.ToString() == "kestrel-http fresh" ? counts with { FullHandshakes = 7 } : counts);
        var rows = CountVerdicts.Of(counts, Calibration.None).Under(Policy);

        Assert.Equal(GateVerdict.Regression, rows.Single(row => row.Verdict == GateVerdict.Regression).Verdict);
        Assert.Equal(["kestrel-http fresh", "kestrel-https fresh"], rows.Where(row => !row.Decides).Select(row => row.Name).Distinct());
        Assert.NotEqual(GateVerdict.Regression, new GateFindings { Base = "b", Head = "h", Rows = rows }.Verdict);
    }

    [Theory]
    [InlineData("pass", GateVerdict.Ok, false)]
    [InlineData("inconclusive", GateVerdict.Inconclusive, true)]
    [InlineData("fail", GateVerdict.Regression, true)]
    public void A_client_that_base_lacks_is_what_the_policy_says(string word, GateVerdict verdict, bool decides)
    {
        var row = PolicyVerdicts.Missing("kestrel-http new", GatePolicy.Parse($$"""{"missingInBase": "{{word}}"}"""));
        Assert.Equal((verdict, decides), (row.Verdict, row.Decides));
    }
}
