using ConnectionReuse.Clients;
using ConnectionReuse.Connections;
using ConnectionReuse.Results;
using ConnectionReuse.Targets;
using ConnectionReuse.Tests.Connections;
using ConnectionReuse.Tests.EndToEnd;
using ConnectionReuse.Tests.Servers;
using Xunit;

namespace ConnectionReuse.Tests.Clients;

[Collection(CountsOfTheProcess.Name)]
public sealed class ClientPatternTests(TargetsBeside targets)
{
    private const int Requests = 5;

    // A pattern that waits before its calls does so on one target in every run.
    public static IEnumerable<TheoryDataRow<string, string>> Rows =>
        from pattern in ClientPatterns.All.Values
        from id in pattern.Targets
        where !pattern.TlsOnly || TargetIds.IsTls(id)
        let row = new TheoryDataRow<string, string>(pattern.Id, id)
        select pattern.Pause > TimeSpan.Zero && id != pattern.Targets[0] ? LongTests.Only(row) : row;

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task A_pattern_opens_and_uses_the_connections_that_it_declares(string patternId, string targetId)
    {
        var pattern = ClientPatterns.All[patternId];
        var before = targets.Control.Mark(targetId).Requests;
        var seen = await CountAsync(pattern, targets.Target(targetId));
        Assert.Equal(pattern.PrimingCalls + RequestsOf(pattern), targets.Control.Mark(targetId).Requests - before);

        var expected = pattern.Expect(RequestsOf(pattern));
        Assert.True(expected.Holds(seen.Carrying, seen.Opened!.Value), $"expected {expected}, seen {seen}");
        Assert.Equal(seen.Opened, seen.Accepted);
        Assert.True(seen.WireBytes > 0);
        if (!pattern.Reuses && TargetIds.IsTls(targetId))
        {
            Assert.Equal(0, pattern.FullHandshakes ? seen.ResumedHandshakes : seen.FullHandshakes);
        }
    }

    [Theory]
    [InlineData("fresh", 0, Requests)]
    [InlineData("fresh-full", Requests, 0)]
    [InlineData("shared", 0, 0)]
    [InlineData("floor-fresh", 0, Requests)]
    [InlineData("floor-fresh-full", Requests, 0)]
    [InlineData("floor-shared", 0, 0)]
    public async Task A_pattern_shakes_hands_as_its_name_says(string patternId, int full, int resumed)
    {
        foreach (var id in (string[])[TargetIds.WireMockHttps, TargetIds.KestrelHttps])
        {
            var seen = await CountAsync(ClientPatterns.All[patternId], targets.Target(id));
            Assert.Equal((full, resumed), (seen.FullHandshakes, seen.ResumedHandshakes));
        }
    }

    [Fact]
    public async Task A_shared_client_that_asks_to_close_is_seen_to_open_connections()
    {
        var seen = await CountAsync(new SharedClient(), targets.Target(TargetIds.KestrelHttp) with { AskToClose = true });
        Assert.Equal((Requests, Requests, Requests), (seen.Opened, seen.Accepted, seen.Carrying));
    }

    [Fact]
    public async Task Without_a_server_that_counts_the_requests_own_events_tell_connections_apart()
    {
        var target = targets.Target(TargetIds.KestrelHttps);
        foreach (var pattern in (ClientPattern[])[new FreshClient(), new SharedClient()])
        {
            await using var caller = pattern.Open(target);
            await caller.CallAsync(TestContext.Current.CancellationToken);
            using var client = new ClientConnections(perRequest: true);
            var seen = await CountAsync(caller, new CountsRecorder(target, client, server: null, allFull: false), pattern);

            var expected = pattern.Expect(Requests);
            Assert.Equal((expected.Opened, expected.Carrying), (seen.Opened, seen.Carrying));
            Assert.Null(seen.Accepted);
            Assert.Equal(pattern.Reuses ? 0L : null, seen.ResumedHandshakes);
        }
    }

    [Fact]
    public async Task A_client_that_offers_no_session_is_known_to_have_made_full_handshakes()
    {
        var target = targets.Target(TargetIds.KestrelHttps);
        var pattern = new FreshFullHandshakeClient();
        await using var caller = pattern.Open(target);
        using var client = new ClientConnections();
        var seen = await CountAsync(caller, new CountsRecorder(target, client, server: null, allFull: true), pattern);
        Assert.Equal((Requests, 0), (seen.FullHandshakes, seen.ResumedHandshakes));
        Assert.Equal("1.3", client.TlsProtocol);
    }

    [Theory]
    [InlineData("fresh", Requests, Requests)]
    [InlineData("shared", 0, 1)]
    public async Task Calls_that_lead_in_are_taken_off_what_both_ends_counted(string id, int opened, int carrying)
    {
        const int LeadIn = 3;
        var target = targets.Target(TargetIds.KestrelHttps);
        var pattern = ClientPatterns.All[id];
        await using var caller = pattern.Open(target);
        await caller.CallAsync(TestContext.Current.CancellationToken);
        using var client = new ClientConnections();
        var recorder = new CountsRecorder(target, client, targets.Control, allFull: false);

        recorder.Begin();
        await caller.MakeAsync(pattern, LeadIn, TestContext.Current.CancellationToken);
        recorder.LedIn();
        await caller.MakeAsync(pattern, Requests, TestContext.Current.CancellationToken);
        var seen = recorder.End(Requests);

        Assert.Equal((Requests, opened, opened, carrying), (seen.Requests, seen.Opened, seen.Accepted, seen.Carrying));
        Assert.Equal(opened, seen.FullHandshakes + seen.ResumedHandshakes);
    }

    // Of a pattern that waits, up to 2.5 s before each call, one shows what the wait does to the connection of the priming call.
    private static int RequestsOf(ClientPattern pattern) => pattern.RequestsFor(pattern.Pause > TimeSpan.Zero ? 1 : Requests);

    // The calls before the count open a shared connection, or leave a session to resume.
    private async Task<Counts> CountAsync(ClientPattern pattern, Target target)
    {
        await using var caller = pattern.Open(target);
        for (var i = 0; i < pattern.PrimingCalls; i++)
        {
            await caller.CallAsync(TestContext.Current.CancellationToken);
        }

        using var client = new ClientConnections();
        return await CountAsync(caller, new CountsRecorder(target, client, targets.Control, allFull: false), pattern);
    }

    private static async Task<Counts> CountAsync(ICaller caller, CountsRecorder recorder, ClientPattern pattern)
    {
        var requests = RequestsOf(pattern);
        recorder.Begin();
        await caller.MakeAsync(pattern, requests, TestContext.Current.CancellationToken);
        return recorder.End(requests);
    }
}
