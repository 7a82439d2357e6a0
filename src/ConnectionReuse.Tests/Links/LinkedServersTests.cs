using System.Net;
using ConnectionReuse.Clients;
using ConnectionReuse.Links;
using ConnectionReuse.Results;
using ConnectionReuse.Servers;
using ConnectionReuse.Targets;
using Xunit;

namespace ConnectionReuse.Tests.Links;

/// <summary>Local targets behind a link, and a server that thinks.</summary>
public sealed class LinkedServersTests
{
    private static readonly TimeSpan RoundTrip = TimeSpan.FromMilliseconds(6);
    private static readonly TimeSpan Thought = TimeSpan.FromMilliseconds(8);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(ServersIds))]
    public async Task A_target_behind_a_link_answers_at_the_relay_and_counts_each_connection_once(string id)
    {
        await using var servers = await StartAsync(id, new LinkOptions(new Link(RoundTrip), Thought));
        var server = servers.ByTarget[id];
        var start = PreciseTimer.Now;
        for (var call = 0; call < 3; call++)
        {
            await using var caller = new FreshFullHandshakeClient().Open(Target(servers, server.Uri));
            Assert.Equal(HttpVersion.Version11, await caller.CallAsync(Cancel));
        }

        var kind = server.Uri.Scheme == Uri.UriSchemeHttps ? CallKind.Tls13 : CallKind.Tcp;
        var least = LinkModel.Total(kind, new Link(RoundTrip), LocalResponse.Body.Length, Thought);
        Assert.True(PreciseTimer.Now - start >= 3 * least);

        var counts = server.Counter.Mark();
        Assert.Equal((3, 3), (counts.Accepted, counts.Requests));
        Assert.Equal(kind == CallKind.Tls13 ? 3 : 0, counts.FullHandshakes);
    }

    [Theory]
    [MemberData(nameof(ServersIds))]
    public async Task A_target_thinks_about_each_request_without_a_link_too(string id)
    {
        await using var servers = await StartAsync(id, new LinkOptions(null, Thought));
        await using var caller = new SharedClient().Open(Target(servers, servers.ByTarget[id].Uri));
        var start = PreciseTimer.Now;
        await caller.CallAsync(Cancel);
        await caller.CallAsync(Cancel);
        Assert.True(PreciseTimer.Now - start >= 2 * Thought);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(200_000)]
    [InlineData(16 * 1024 * 1024)]
    public async Task Kestrel_sends_as_many_bytes_as_it_is_asked_for(int bytes)
    {
        await using var servers = await StartAsync(TargetIds.KestrelHttp, new LinkOptions(new Link(TimeSpan.FromMilliseconds(1)), TimeSpan.Zero));
        using var client = new HttpClient();
        var body = await client.GetByteArrayAsync(new Uri(servers.ByTarget[TargetIds.KestrelHttp].Uri, $"bytes/{bytes}"), Cancel);
        Assert.Equal(bytes, body.Length);
    }

    [Theory]
    [InlineData("bytes/16777217")]
    [InlineData("bytes/-1")]
    [InlineData("bytes/many")]
    [InlineData("bytes")]
    public async Task Kestrel_does_not_know_other_sizes(string path)
    {
        await using var server = await KestrelServer.StartAsync(TargetIds.KestrelHttp, new KestrelSettings(), Cancel);
        using var client = new HttpClient();
        using var response = await client.GetAsync(new Uri(server.Uri, path), Cancel);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    public static TheoryData<string> ServersIds => [.. TargetIds.Local];

    private static Task<LocalServers> StartAsync(string id, LinkOptions link) =>
        LocalServers.StartAsync([id], breakHalf: false, link, TimeProvider.System, Cancel);

    private static Target Target(LocalServers servers, Uri uri) => new(TargetIds.Real, uri)
    {
        ExpectedLength = LocalResponse.Body.Length,
        Trust = new TrustedRoot(servers.AuthorityPem),
    };
}
