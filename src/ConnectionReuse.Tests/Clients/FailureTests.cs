using System.Net.Sockets;
using ConnectionReuse.Clients;
using ConnectionReuse.Results;
using ConnectionReuse.Servers;
using ConnectionReuse.Targets;
using ConnectionReuse.Tests.Faults;
using ConnectionReuse.Tests.Servers;
using Xunit;

namespace ConnectionReuse.Tests.Clients;

public sealed class FailureTests
{
    [Fact]
    public async Task An_unknown_name_is_named_as_such() =>
        Assert.Equal("the name is not known", await ReasonAsync(new Target(TargetIds.Real, new Uri("http://no-such-host.invalid/"))));

    [Theory]
    [InlineData(SocketError.HostNotFound, "the name is not known")]
    [InlineData(SocketError.TryAgain, "the name is not known")]
    [InlineData(SocketError.NoData, "the name is not known")]
    [InlineData(SocketError.TimedOut, "no answer in time")]
    [InlineData(SocketError.AddressNotAvailable, "this machine has no free port, or no address, to call from")]
    [Fault("socket error {0}", "{1}")]
    public void A_socket_error_is_told_from_the_bottom_of_the_exception(SocketError error, string reason) =>
        Assert.Equal(reason, Failure.Describe(new HttpRequestException("x", new IOException("y", new SocketException((int)error)))));

    [Fact]
    [Fault("`--http 2` without TLS, of a server that answers in HTTP/1.1", "that it may speak HTTP/1.1 only")]
    public async Task What_is_no_HTTP_2_is_called_that()
    {
        await using var server = new Http1Only();

        Assert.Matches( // whichever comes first, the connection's error or its end
            @"^HTTP/2 was not understood(?: \(PROTOCOL_ERROR\))?: the server may speak HTTP/1\.1 only$",
            await ReasonAsync(new Target(TargetIds.Real, new Uri($"http://localhost:{server.Port}/")) { HttpVersion = System.Net.HttpVersion.Version20 }));
    }

    [Fact]
    [Fault("a reset connection", "connection reset")]
    public async Task A_reset_is_told_from_a_close()
    {
        await using var server = new CannedServer(string.Empty, CannedServer.Reset);
        Assert.Equal("connection reset", await ReasonAsync(server.Target));
    }

    [Fact]
    [Fault("a server that never answers", "no answer in time")]
    public async Task A_server_that_never_answers_is_given_up()
    {
        await using var server = new CannedServer(string.Empty);
        Assert.Equal("no answer in time", await ReasonAsync(server.Target with { Timeout = TimeSpan.FromMilliseconds(100) }));
    }

    [Fact]
    [Fault("HTTPS to a server without TLS", "TLS, and what is wrong")]
    public async Task A_server_that_speaks_no_TLS_fails_as_TLS()
    {
        await using var server = await KestrelServer.StartAsync(
            TargetIds.KestrelHttp, new KestrelSettings { Counting = false }, TestContext.Current.CancellationToken);
        var https = new UriBuilder(server.Uri) { Scheme = "https" }.Uri;
        Assert.StartsWith("TLS: ", await ReasonAsync(new Target(TargetIds.Real, https)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("429 Too Many Requests")]
    [InlineData("403 Forbidden")]
    [InlineData("503 Service Unavailable")]
    [Fault("status {0}", "that the server refuses this traffic; stopped at once")]
    public async Task A_refusal_says_that_the_traffic_is_unwelcome(string status)
    {
        await using var server = new CannedServer(CannedServer.Response(status, "go away"));
        Assert.Equal($"answered {status}: the server refuses this traffic; stopped at once", await ReasonAsync(server.Target));
    }

    [Fact]
    [Fault("status 404", "answered 404 Not Found")]
    public async Task Another_status_is_given_as_it_is()
    {
        await using var server = new CannedServer(CannedServer.Response("404 Not Found", string.Empty));
        Assert.Equal("answered 404 Not Found", await ReasonAsync(server.Target));
    }

    [Fact]
    [Fault("a status text with control characters", "shown without them")]
    public async Task What_a_server_says_moves_no_cursor()
    {
        await using var server = new CannedServer(CannedServer.Response("404 \u001b[31mNot\u0007 \u007fFound", string.Empty));
        Assert.Equal("answered 404  [31mNot   Found", await ReasonAsync(server.Target));
    }

    [Theory]
    [InlineData("https://user:secret@example.org/wiki/?token=1", "https://example.org/wiki/")]
    [InlineData("/wiki/?token=1", "http://localhost:*/wiki/")]
    [Fault("a redirect to {0}", "use {1} instead")]
    public async Task A_redirect_names_the_URL_to_use_without_its_secrets(string location, string shown)
    {
        await using var server = new CannedServer(CannedServer.Response("301 Moved Permanently", string.Empty, $"Location: {location}"));
        var reason = await ReasonAsync(server.Target);
        Assert.Equal($"answered 301 Moved Permanently: use {shown} instead", reason.Replace($":{server.Uri.Port}/", ":*/", StringComparison.Ordinal));
    }

    [Fact]
    [Fault("a body that breaks off", "the response ended prematurely")]
    public async Task A_body_that_breaks_off_is_a_failure()
    {
        await using var server = new CannedServer("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nten bytes.", socket => socket.Close());
        Assert.StartsWith("The response ended prematurely", await ReasonAsync(server.Target), StringComparison.Ordinal);
    }

    [Fact]
    [Fault("a body of another length", "both lengths")]
    public async Task A_body_of_another_length_is_a_failure()
    {
        await using var server = new CannedServer(CannedServer.Response("200 OK", "ten bytes."));
        Assert.Equal("body of 10 bytes instead of 22", await ReasonAsync(server.Target with { ExpectedLength = 22 }));
    }

    [Fact]
    public async Task A_WireMock_that_cuts_connections_is_noticed()
    {
        await using var server = WireMockTarget.Start(TargetIds.WireMockHttp, certificate: null, breakHalf: true);
        var target = new Target(server.TargetId, server.Uri) { ExpectedLength = LocalResponse.Body.Length };
        await using var caller = new SharedClient().Open(target);

        var error = await Assert.ThrowsAsync<HttpRequestException>(async () =>
        {
            for (var i = 0; i < 100; i++) // all whole: once in 2^100
            {
                await caller.CallAsync(TestContext.Current.CancellationToken);
            }
        });
        Assert.Matches("^(connection reset|The response ended prematurely)", Failure.Describe(error));
    }

    // Libraries wrap what HttpClient says; a row's reason says it all the same.
    [Theory]
    [InlineData("fresh")]
    [InlineData("floor-fresh")]
    [InlineData("message-invoker")]
    [InlineData("factory-named")]
    [InlineData("restsharp-fresh")]
    [InlineData("refit-fresh")]
    [InlineData("flurl-fresh")]
    [InlineData("web-request")]
    [Fault("status 500 under {0}", "one failed call, with the status")]
    public async Task Every_failed_call_is_an_exception_that_counts_as_one(string pattern)
    {
        await using var server = new CannedServer(CannedServer.Response("500 Internal Server Error", string.Empty), socket => socket.Close());
        await using var caller = ClientPatterns.All[pattern].Open(server.Target);
        var error = await Record.ExceptionAsync(() => caller.CallAsync(TestContext.Current.CancellationToken));
        Assert.True(Failure.IsOfACall(error!), error!.ToString());
        Assert.Equal(pattern == "floor-fresh" ? "the server closed the connection within a response" : "answered 500 Internal Server Error", Failure.Describe(error!));
    }

    [Theory]
    [InlineData("fresh")]
    [InlineData("floor-fresh")]
    [InlineData("restsharp-fresh")]
    [InlineData("refit-fresh")]
    [InlineData("flurl-fresh")]
    [InlineData("web-request")]
    [Fault("nobody listens, under {0}", "connection refused")]
    public async Task Every_pattern_says_that_nobody_listens(string pattern)
    {
        Uri gone;
        await using (var server = new CannedServer(string.Empty))
        {
            gone = server.Uri;
        }

        await using var caller = ClientPatterns.All[pattern].Open(new Target(TargetIds.Real, gone));
        var error = await Record.ExceptionAsync(() => caller.CallAsync(TestContext.Current.CancellationToken));
        Assert.True(Failure.IsOfACall(error!), error!.ToString());
        Assert.Equal("connection refused", Failure.Describe(error!));
    }

    private static async Task<string> ReasonAsync(Target target)
    {
        await using var caller = new FreshClient().Open(target);
        var error = await Record.ExceptionAsync(() => caller.CallAsync(TestContext.Current.CancellationToken));
        Assert.NotNull(error);
        Assert.True(Failure.IsOfACall(error), error.ToString());
        return Failure.Describe(error);
    }
}

/// <summary>Answers whatever comes as nginx answers the preface of HTTP/2: in HTTP/1.1.</summary>
internal sealed class Http1Only : SocketServer
{
    protected override async Task ServeAsync(NetworkStream stream, int connection, CancellationToken cancellationToken)
    {
        await stream.ReadAtLeastAsync(new byte[64], 24, cancellationToken: cancellationToken); // the preface
        await stream.WriteAsync("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray(), cancellationToken);
        await stream.ReadAtLeastAsync(new byte[1024], 1, throwOnEndOfStream: false, cancellationToken);
    }
}
