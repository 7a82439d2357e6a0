using ConnectionReuse.Bench.Running;
using ConnectionReuse.Results;
using ConnectionReuse.Tests.Diagnosis;
using ConnectionReuse.Tests.Reporting;
using Xunit;

namespace ConnectionReuse.Tests.Running;

/// <summary>A verdict and the counts that it stands beside say the same.</summary>
public sealed class ReuseVerdictsTests
{
    [Fact]
    public async Task What_the_watched_calls_were_too_few_to_meet_is_told_by_the_timed_ones()
    {
        await using var server = new RawServer(_ => new(RawServer.Kept));
        var row = SampleRuns.Row(TargetIds.Real, "shared", 50) with { Counts = new Counts { Requests = 400, Opened = 10 } };

        var judged = Assert.Single(await ReuseVerdicts.GiveAsync([row], server.Target, TimeProvider.System, TestContext.Current.CancellationToken));

        Assert.Equal((400, 10, ReuseCause.Unknown), (judged.Verdict!.Requests, judged.Verdict.Connections, judged.Verdict.Cause));
        Assert.StartsWith("Partly reused, 40 calls a connection: it cannot be told why: 10 connections were opened in 400 timed calls, and none in ", judged.Verdict.Sentence, StringComparison.Ordinal);
    }
}
