using ConnectionReuse.Clients;
using ConnectionReuse.Tests.Faults;
using ConnectionReuse.Tests.Servers;
using Xunit;

namespace ConnectionReuse.Tests.Clients;

/// <summary>Answers that HttpClient only sees as silence, or does not mind: each has words of its own.</summary>
public sealed class OddAnswerTests
{
    [Theory]
    [InlineData("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n", "answered 101 Switching Protocols: an upgrade that nobody asked for, after which the connection speaks no HTTP")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nhello", "answered 200 OK with a Content-Length of -5, which is no length")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhello", "answered 200 OK, but of the 50 bytes that it announced not all came in time")]
    [InlineData("HTTP/1.1 200 OK\r\n\r\nhello", "answered 200 OK, but without a length, and its body did not end in time")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n", "answered 200 OK, but its last chunk did not come in time")]
    [InlineData("HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\nhello", "answered 204 No Content with a Content-Length of 5: a 204 has no body (RFC 9110, 8.6), and what follows it spoils the connection")]
    [InlineData("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n", "answered 401 Unauthorized: it wants credentials")]
    [InlineData("HTTP/1.1 405 Method Not Allowed\r\nContent-Length: 0\r\n\r\n", "answered 405 Method Not Allowed")]
    [Fault("an answer such as `{0}`", "{1}")]
    public async Task An_odd_answer_has_its_own_words(string answer, string reason)
    {
        await using var server = new CannedServer(answer);
        await using var caller = new SharedClient().Open(server.Target with { Timeout = TimeSpan.FromSeconds(0.5) });

        var error = await Record.ExceptionAsync(() => caller.CallAsync(TestContext.Current.CancellationToken));

        Assert.NotNull(error);
        Assert.Equal(reason, Failure.Describe(error));
        Assert.True(ExchangeException.IsAnswer(reason));
    }

    [Fact]
    [Fault("a server that accepts and says nothing", "no answer in time")]
    public async Task Silence_stays_silence()
    {
        await using var server = new CannedServer("");
        await using var caller = new SharedClient().Open(server.Target with { Timeout = TimeSpan.FromSeconds(0.3) });

        var error = await Record.ExceptionAsync(() => caller.CallAsync(TestContext.Current.CancellationToken));

        Assert.Equal("no answer in time", Failure.Describe(error!));
    }

    [Theory]
    [InlineData("fresh")]
    [InlineData("refit-shared")]
    [InlineData("restsharp-shared")]
    [InlineData("flurl-shared")]
    [InlineData("message-invoker")]
    [InlineData("factory-typed")]
    [InlineData("web-request")]
    [InlineData("client-closes")]
    public async Task Every_client_asks_for_the_whole_URL_and_says_who_asks(string client)
    {
        await using var server = new CannedServer(CannedServer.Response("200 OK", "x"));
        await using var caller = ClientPatterns.All[client].Open(server.Target with { Uri = new Uri(server.Uri, "/a/b%20c?q=1"), UserAgent = "who/1.0" });

        await caller.CallAsync(TestContext.Current.CancellationToken);

        var asked = Assert.Single(server.Requests);
        Assert.StartsWith("GET /a/b%20c?q=1 HTTP/1.1\r\n", asked, StringComparison.Ordinal);
        Assert.Contains("\r\nUser-Agent: who/1.0\r\n", asked, StringComparison.Ordinal);
    }
}
