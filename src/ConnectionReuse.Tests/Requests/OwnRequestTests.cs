using System.Net;
using System.Text;
using ConnectionReuse.Clients;
using ConnectionReuse.Clients.Concurrency;
using ConnectionReuse.Clients.Lifetimes;
using ConnectionReuse.Results;
using ConnectionReuse.Targets;
using ConnectionReuse.Tests.Faults;
using ConnectionReuse.Tests.Servers;
using Xunit;

namespace ConnectionReuse.Tests.Requests;

/// <summary>What arrives at a server when a request is the user's own.</summary>
public sealed class OwnRequestTests
{
    private static readonly OwnRequest Upload = new()
    {
        Method = "PUT",
        Headers = [new("X-One", "1"), new("Accept", "text/special"), new("Cookie", "session=abc"), new("Content-Language", "de")],
        Body = Encoding.UTF8.GetBytes("""{"a":1}"""),
        ContentType = "application/json",
        Credentials = "me:secret",
        UserAgent = "own/1.0",
    };

    public static TheoryData<string> Patterns =>
    [
        .. ClientPatterns.All.Values
            .Where(pattern => pattern is LifetimePattern or FreshClient or FreshFullHandshakeClient or SharedClient or PerClient2 or Http1InFlight1)
            .Where(pattern => pattern.Unable(Upload) is null && pattern.Pause == TimeSpan.Zero)
            .Select(pattern => pattern.Id),
    ];

    [Theory]
    [MemberData(nameof(Patterns))]
    public async Task Every_client_pattern_sends_it(string patternId)
    {
        await using var server = new RecordingServer();
        var url = new Uri(server.Uri, "path/to?token=x");
        await CallAsync(patternId, Upload.On(new Target(TargetIds.Real, url)), calls: 2);

        Assert.Equal(2, server.Requests.Count);
        Assert.All(server.Requests, request =>
        {
            Assert.Equal(("PUT", "/path/to?token=x", """{"a":1}"""), (request.Method, request.Path, request.Body));
            Assert.Equal(("1", "text/special", "session=abc"), (request["X-One"], request["Accept"], request["Cookie"]));
            Assert.Equal(("application/json", "de"), (request["Content-Type"], request["Content-Language"]));
            Assert.Equal(("own/1.0", $"Basic {Convert.ToBase64String("me:secret"u8)}"), (request["User-Agent"], request["Authorization"]));
        });
    }

    [Fact]
    public void What_cannot_send_it_says_why()
    {
        string[] unable = [.. ClientPatterns.All.Values.Where(pattern => pattern.Unable(Upload) is not null).Select(pattern => pattern.Id)];

        Assert.Equal(["grpc-fresh", "grpc-shared"], unable.Order());
        Assert.All(ClientPatterns.All.Values, pattern => Assert.Null(pattern.Unable(OwnRequest.Plain)));
        Assert.NotNull(new HttpWebRequestClient().Unable(new OwnRequest { Follow = true }));
    }

    [Theory]
    [InlineData("shared")]
    [InlineData("web-request")]
    [InlineData("restsharp-shared")]
    public async Task User_info_of_a_URL_is_sent_as_credentials(string patternId)
    {
        await using var server = new RecordingServer();
        var url = new UriBuilder(server.Uri) { UserName = "me", Password = "p%40ss:w" }.Uri;

        await CallAsync(patternId, new Target(TargetIds.Real, url));

        var request = Assert.Single(server.Requests);
        Assert.Equal($"Basic {Convert.ToBase64String("me:p@ss:w"u8)}", request["Authorization"]);
        Assert.Equal(("GET", "/", $"localhost:{server.Port}"), (request.Method, request.Path, request["Host"]));
    }

    [Theory]
    [MemberData(nameof(Patterns))]
    [Fault("404 where `--expect-status` says 201, with the client {0}", "the status, and which one was to be")]
    public async Task The_expected_status_is_the_right_one(string patternId)
    {
        await using var server = new RecordingServer(_ => CannedServer.Response("404 Not Found", "no"));

        await CallAsync(patternId, new OwnRequest { ExpectedStatus = 404 }.On(server.Target));
        var wrong = await Assert.ThrowsAnyAsync<ExchangeException>(() => CallAsync(patternId, new OwnRequest { ExpectedStatus = 201 }.On(server.Target)));

        Assert.Equal("answered 404 Not Found instead of 201", Failure.Describe(wrong));
    }

    [Fact]
    public async Task A_redirect_is_followed_with_what_belongs_to_the_origin_and_only_there()
    {
        await using var elsewhere = new RecordingServer();
        await using var server = new RecordingServer(request => request.Path == "/"
            ? CannedServer.Response("307 Temporary Redirect", "moved", "Location: /next")
            : CannedServer.Response("302 Found", "", $"Location: {elsewhere.Uri}end"));

        await CallAsync("shared", (Upload with { Follow = true, Method = "POST" }).On(server.Target));

        Assert.Equal([("POST", "/"), ("POST", "/next")], server.Requests.Select(request => (request.Method, request.Path)));
        Assert.Equal(1, server.Connections); // the first answer was read to its end
        Assert.All(server.Requests, request => Assert.Equal(("1", """{"a":1}"""), (request["X-One"], request.Body)));
        var last = Assert.Single(elsewhere.Requests);
        Assert.Equal(("GET", "/end", ""), (last.Method, last.Path, last.Body));
        Assert.Equal((null, null, null, "own/1.0"), (last["Authorization"], last["Cookie"], last["X-One"], last["User-Agent"]));
    }

    [Fact]
    [Fault("redirects in a circle, with `--follow`", "more than 10 redirects")]
    public async Task Redirects_in_a_circle_end()
    {
        await using var server = new RecordingServer(_ => CannedServer.Response("302 Found", "", "Location: /again"));

        var failure = await Assert.ThrowsAsync<ExchangeException>(() => CallAsync("shared", new OwnRequest { Follow = true }.On(server.Target)));

        Assert.Equal("more than 10 redirects", failure.Message);
        Assert.Equal(11, server.Requests.Count);
    }

    [Fact]
    public async Task Who_does_not_follow_is_told_the_end_and_nobody_there_gets_anything_of_the_users()
    {
        await using var elsewhere = new RecordingServer();
        await using var server = new RecordingServer(_ => CannedServer.Response("302 Found", "", $"Location: {elsewhere.Uri}"));

        var failure = await Assert.ThrowsAsync<ExchangeException>(() => CallAsync("shared", Upload.On(server.Target)));

        Assert.Equal($"answered 302 Found: use {elsewhere.Uri} instead", failure.Message);
        var asked = Assert.Single(elsewhere.Requests);
        Assert.Equal(("GET", null, null, ""), (asked.Method, asked["Authorization"], asked["X-One"], asked.Body));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task An_address_that_was_chosen_is_connected_to()
    {
        await using var server = new RecordingServer();
        var url = new Uri($"http://no-such-host.invalid:{server.Port}/");
        var request = new OwnRequest { Resolve = [new("NO-SUCH-HOST.invalid", server.Port, "127.0.0.1")] };

        await CallAsync("fresh", request.On(new Target(TargetIds.Real, url)));

        Assert.Equal($"no-such-host.invalid:{server.Port}", Assert.Single(server.Requests)["Host"]);
        Assert.Equal(new IPEndPoint(IPAddress.Loopback, server.Port), request.On(new Target(TargetIds.Real, url)).EndPoint());
    }

    [Fact]
    public async Task Without_anything_of_the_users_a_call_is_a_bare_GET()
    {
        await using var server = new RecordingServer();

        await CallAsync("shared", server.Target);

        Assert.Equal(["Host"], Assert.Single(server.Requests).Headers.Select(header => header.Name));
    }

    [Fact]
    public void What_it_holds_is_in_no_text_of_it() => Assert.Equal("PUT X-One me", $"{Upload} {Upload.Headers[0]} me");

    internal static async Task CallAsync(string patternId, Target target, int calls = 1)
    {
        await using var caller = ClientPatterns.All[patternId].Open(target);
        for (var call = 0; call < calls; call++)
        {
            await caller.CallAsync(TestContext.Current.CancellationToken);
        }
    }
}
