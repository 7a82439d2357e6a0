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

    [Theory]
    [InlineData("100 100 100 40", 100)]
    [InlineData("25 25", 25)]
    [InlineData("24 24 24", null)] // the watched calls meet it themselves
    [InlineData("100", null)] // seen once
    [InlineData("100 100 30 31 32", null)]
    [InlineData("", null)]
    public void A_cap_that_the_watched_calls_do_not_meet_is_told_with_its_remedy_by_the_timed_ones(string ended, int? cap)
    {
        var verdict = ReuseVerdicts.OfTimedCalls(new Counts { Requests = 400, Opened = 4 }, [.. ended.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)]);

        Assert.Equal(
            cap is null ? null : $"Partly reused, 100 calls a connection: the server closes after {cap} requests, again and again. Remedy: raise the cap at the server (nginx keepalive_requests, Apache MaxKeepAliveRequests).",
            verdict?.Sentence);
    }

    [Fact]
    public async Task What_the_timed_calls_showed_stays_where_the_watched_ones_were_too_few()
    {
        await using var server = new RawServer(_ => new(RawServer.Kept));
        var counts = new Counts { Requests = 400, Opened = 4 };
        var row = SampleRuns.Row(TargetIds.Real, "shared", 50) with { Counts = counts, Verdict = ReuseVerdicts.OfTimedCalls(counts, [100, 100, 100]) };

        var judged = Assert.Single(await ReuseVerdicts.GiveAsync([row], server.Target, TimeProvider.System, TestContext.Current.CancellationToken));

        Assert.Equal(ReuseCause.RequestCap, judged.Verdict!.Cause);
    }
}
