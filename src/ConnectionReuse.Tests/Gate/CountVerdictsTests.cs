using ConnectionReuse.Measuring;
using ConnectionReuse.Reporting.Gate;
using ConnectionReuse.Results;
using ConnectionReuse.Tests.Reporting;
using Xunit;

namespace ConnectionReuse.Tests.Gate;

public sealed class CountVerdictsTests
{
    private static IReadOnlyList<GateRow> Worse(Func<StationRow, Counts, Counts>? head = null, Calibration? calibration = null) =>
        [.. CountVerdicts.Of(SamplePasses.Counts(head: head), calibration ?? Calibration.None).Where(row => row.Verdict != GateVerdict.Ok)];

    [Fact]
    public void Declared_counts_pass() => Assert.Empty(Worse());

    [Fact]
    public void A_shared_client_that_opens_connections_fails()
    {
        var row = Assert.Single(Worse((key, counts) => key.ToString() == "kestrel-http shared" ? counts with { Carrying = 3, Opened = 2, Accepted = 2 } : counts));

        Assert.Equal(("kestrel-http shared", GateVerdict.Regression), (row.Name, row.Verdict));
        Assert.Equal("expected 1 connection in use and 0 opened for 50 requests; seen 3 and 2", row.Reason);
    }

    [Fact]
    public void A_client_that_resumes_no_session_fails()
    {
        var row = Assert.Single(Worse((key, counts) => key.ToString() == "kestrel-https fresh" ? counts with { FullHandshakes = 50, ResumedHandshakes = 0 } : counts));

        Assert.Equal("50 full handshakes where base has 0: TLS sessions are no longer resumed", row.Reason);
    }

    [Theory]
    [InlineData("kestrel-http shared", 60, null)]
    [InlineData("kestrel-http shared", 70, GateVerdict.Regression)]
    [InlineData("kestrel-http shared", -70, GateVerdict.Improvement)]
    [InlineData("kestrel-http fresh", 150, null)]
    [InlineData("kestrel-http fresh", 250, GateVerdict.Regression)]
    public void Allocations_may_grow_by_64_bytes_or_one_percent(string name, int more, GateVerdict? verdict) =>
        Assert.Equal(verdict, Worse((key, counts) => key.ToString() == name ? counts with { AllocatedBytes = counts.AllocatedBytes + (50 * more) } : counts).SingleOrDefault()?.Verdict);

    [Fact]
    public void Allocations_that_differ_as_two_equal_builds_did_pass() =>
        Assert.Empty(Worse(
            (key, counts) => key.ToString() == "kestrel-http shared" ? counts with { AllocatedBytes = counts.AllocatedBytes + (50 * 1024) } : counts,
            new Calibration(new Dictionary<string, double>(), new Dictionary<string, double> { ["kestrel-http shared"] = 2000 })));

    [Fact]
    public void Against_a_stored_result_counts_decide_and_times_never()
    {
        var stored = SampleRuns.Run(SampleRuns.KestrelHttps());
        var slower = SampleRuns.Run(SampleRuns.KestrelHttps().Select(row => row with
        {
            Launches = [.. row.Launches.Select(launch => launch with { IterationSeconds = [.. launch.IterationSeconds.Select(seconds => 3 * seconds)] })],
        }));

        var rows = BaselineVerdicts.Of(stored, slower, Calibration.None);

        Assert.All(rows, row => Assert.Equal(GateVerdict.Ok, row.Verdict));
        Assert.DoesNotContain(rows, row => row.Measure == GateMeasure.Time);
        Assert.All(rows.Where(row => row.Measure == GateMeasure.Ratio), row => Assert.False(row.Decides));
    }

    [Fact]
    public void Against_a_stored_result_a_row_that_failed_or_allocates_more_fails()
    {
        var stored = SampleRuns.Run(SampleRuns.KestrelHttps());
        var worse = SampleRuns.Run(SampleRuns.KestrelHttps().Select(row => row.Client switch
        {
            "shared" => SampleRuns.Empty(row.Target, row.Client, RowStatus.Failed, "round 1: expected 1 connection"),
            "fresh" => row with { AllocatedBytesPerRequest = row.AllocatedBytesPerRequest + 1024 },
            _ => row,
        }));

        Assert.Equal(
            [("kestrel-https shared", GateMeasure.Connections), ("kestrel-https fresh", GateMeasure.Allocations)],
            BaselineVerdicts.Of(stored, worse, Calibration.None).Where(row => row.Verdict == GateVerdict.Regression).Select(row => (row.Name, row.Measure)));
    }

    [Fact]
    public void Allocations_of_another_runtime_do_not_compare()
    {
        var stored = SampleRuns.Run(SampleRuns.Row(TargetIds.KestrelHttp, "fresh", 0.2));
        var row = BaselineVerdicts.Of(stored, stored with { Environment = stored.Environment with { Runtime = ".NET 11.0.0" } }, Calibration.None).Single(row => row.Measure == GateMeasure.Allocations);

        Assert.Equal((GateVerdict.Inconclusive, "the stored result is of .NET 10.0.0, this run of .NET 11.0.0: their allocations do not compare"), (row.Verdict, row.Reason));
    }
}
