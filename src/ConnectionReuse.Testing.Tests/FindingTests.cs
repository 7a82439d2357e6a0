using System.Text;

namespace ConnectionReuse.Testing.Tests;

/// <summary>The message says what happened and what to do.</summary>
public sealed class FindingTests
{
    [Fact]
    public async Task A_client_for_each_call()
    {
        await using var server = await CountingServer.StartAsync();
        using var connections = ConnectionScope.Start();
        await Calls.FreshAsync(server.Address, 30);

        Assert.Equal(
            $"""
            Expected at most 1 connection, but 30 were opened for 30 requests:
              30 x http://127.0.0.1:{server.Address.Port} HTTP/1.1, each carried 1 request
            A client was made for each call, or the server closes: the server sent no Connection: close. Keep one HttpClient (or IHttpClientFactory).
            """.ReplaceLineEndings("\n"),
            Assert.Throws<ConnectionBudgetException>(() => connections.AtMost(1)).Message);
    }

    [Fact]
    public async Task A_server_that_closes()
    {
        await using var server = await CountingServer.StartAsync(context =>
        {
            context.Response.Headers.Connection = "close";
            return Task.CompletedTask;
        });
        using var client = new HttpClient();
        using var connections = ConnectionScope.Start();
        await Calls.SharedAsync(client, server.Address, 5);

        Assert.EndsWith("The server ends connections: 5 of 5 responses came with Connection: close or as HTTP/1.0. Let the server keep them open.",
            Assert.Throws<ConnectionBudgetException>(() => connections.AtMost(1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_at_once()
    {
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var waiting = 0;
        await using var server = await CountingServer.StartAsync(_ =>
        {
            if (Interlocked.Increment(ref waiting) == 4)
            {
                all.SetResult();
            }

            return all.Task;
        });
        using var client = new HttpClient();
        using var connections = ConnectionScope.Start();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => client.GetStringAsync(server.Address, TestContext.Current.CancellationToken)));

        Assert.EndsWith("Up to 4 requests ran at once, each over a connection of its own. One HttpClient opens as many over HTTP/1.1, and so does a client for each call: the counts do not tell which. Keep one HttpClient (or IHttpClientFactory); then allow 4, limit them (SocketsHttpHandler.MaxConnectionsPerServer), or use HTTP/2.",
            Assert.Throws<ConnectionBudgetException>(() => connections.AtMost(1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_origin_for_each_connection()
    {
        await using var server = await CountingServer.StartAsync();
        await using var other = await CountingServer.StartAsync();
        using var client = new HttpClient();
        using var connections = ConnectionScope.Start();
        await Calls.SharedAsync(client, server.Address, 2);
        await Calls.SharedAsync(client, other.Address, 2);

        Assert.EndsWith("Each origin, and each version of HTTP, needs a connection of its own. Allow one for each, or send the requests to one origin.",
            Assert.Throws<ConnectionBudgetException>(() => connections.AtMost(1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_request_of_a_client()
    {
        await using var server = await CountingServer.StartAsync();
        using var client = new HttpClient();
        using var connections = ConnectionScope.Start();
        await Calls.SharedAsync(client, server.Address, 2);

        var port = server.Address.Port;
        Assert.Equal(
            $"Expected exactly 0 connections, but 1 was opened for 2 requests:\n  1 x http://127.0.0.1:{port} HTTP/1.1, carried 2 requests\nA client opens a connection for its first request. Allow one, or send a request before the scope starts.",
            Assert.Throws<ConnectionBudgetException>(() => connections.Exactly(0)).Message);
        Assert.EndsWith("start the scope before the first request of the client.", Assert.Throws<ConnectionBudgetException>(() => connections.Exactly(2)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_is_replaced_now_and_then()
    {
        await using var server = await CountingServer.StartAsync();
        using var connections = ConnectionScope.Start();
        for (var client = 0; client < 3; client++)
        {
            using var kept = new HttpClient();
            await Calls.SharedAsync(kept, server.Address, client + 2);
        }

        var said = Assert.Throws<ConnectionBudgetException>(() => connections.AtMost(1)).Message;
        Assert.Contains($"3 x http://127.0.0.1:{server.Address.Port} HTTP/1.1, each carried 2 to 4 requests\n", said, StringComparison.Ordinal);
        Assert.Contains("Connections were given up though they carried more than one request: the server sent no Connection: close. Look at PooledConnectionLifetime", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_is_told_without_user_path_and_query()
    {
        await using var server = await CountingServer.StartAsync();
        using var connections = ConnectionScope.Start();
        await Calls.FreshAsync(new Uri($"http://anna:hidden@127.0.0.1:{server.Address.Port}/hidden?key=hidden"), 2);

        var said = new StringBuilder(Assert.Throws<ConnectionBudgetException>(() => connections.AtMost(1)).Message).AppendJoin(' ', connections.ByOrigin.Select(origin => origin.Origin)).ToString();
        Assert.DoesNotContain("hidden", said, StringComparison.Ordinal);
        Assert.DoesNotContain("anna", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_connections_of_HTTP_2_are_not_laid_on_requests_at_once()
    {
        var counts = new ScopeCounts { Opened = 2, Requests = 9, AtOnce = 9, Responses = 9, ByOrigin = [new OriginConnections("https://a:1", "HTTP/2", 2, 4, 5)] };

        Assert.StartsWith("Connections were given up", Finding.Of(counts, tooFew: false), StringComparison.Ordinal);
    }
}
