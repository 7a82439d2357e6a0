using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace ConnectionReuse.Testing.Tests;

/// <summary>What a scope counts, where it begins and where it ends.</summary>
public sealed class ScopeTests
{
    [Fact]
    public async Task An_inner_scope_counts_its_part_and_the_outer_one_all()
    {
        await using var server = await CountingServer.StartAsync();
        using var outer = ConnectionScope.Start();
        await Calls.FreshAsync(server.Address, 1);
        using (var inner = ConnectionScope.Start())
        {
            Assert.Same(inner, ConnectionScope.Current);
            await Calls.FreshAsync(server.Address, 2);
            inner.Exactly(2);
        }

        Assert.Same(outer, ConnectionScope.Current);
        outer.Exactly(3);
    }

    [Fact]
    public async Task After_its_end_nothing_is_counted_and_the_counts_can_be_read()
    {
        await using var server = await CountingServer.StartAsync();
        using var activity = new Activity("a test's own").Start();
        var connections = ConnectionScope.Start();
        await Calls.FreshAsync(server.Address, 1);
        connections.Dispose();
        connections.Dispose();

        await Calls.FreshAsync(server.Address, 1);

        connections.Exactly(1);
        Assert.Null(ConnectionScope.Current);
        Assert.Same(activity, Activity.Current);
    }

    [Fact]
    public async Task A_client_that_is_warm_already_opens_none_and_proves_it()
    {
        await using var server = await CountingServer.StartAsync();
        using var client = new HttpClient();
        await client.GetStringAsync(server.Address, TestContext.Current.CancellationToken);
        using var connections = ConnectionScope.Start();

        await Calls.SharedAsync(client, server.Address, 5);

        connections.AtMost(0);
        Assert.Equal((0, 5, 1), (connections.Opened, connections.Requests, connections.Carrying));
        Assert.Empty(connections.ByOrigin);
        Assert.Equal(
            "Expected exactly 1 connection, but 0 were opened for 5 requests.\nRequests of this scope shared connections, or took such as were open already: start the scope before the first request of the client.",
            Assert.Throws<ConnectionBudgetException>(() => connections.Exactly(1)).Message);
    }

    [Fact]
    public async Task Connections_are_listed_by_origin_with_what_they_carried()
    {
        await using var server = await CountingServer.StartAsync();
        await using var other = await CountingServer.StartAsync();
        using var client = new HttpClient();
        using var connections = ConnectionScope.Start();
        await Calls.SharedAsync(client, server.Address, 3);
        await Calls.SharedAsync(client, other.Address, 1);
        await Calls.FreshAsync(other.Address, 1);

        Assert.Equal(
            [$"{server.Address.GetLeftPart(UriPartial.Authority)} HTTP/1.1 1 3 3", $"{other.Address.GetLeftPart(UriPartial.Authority)} HTTP/1.1 2 1 1"],
            connections.ByOrigin.Select(origin => $"{origin.Origin} {origin.Version} {origin.Opened} {origin.FewestRequests} {origin.MostRequests}"));
    }

    [Fact]
    public async Task A_budget_for_each_request_allows_a_part_of_one()
    {
        await using var server = await CountingServer.StartAsync();
        using var client = new HttpClient();
        using var connections = ConnectionScope.Start();
        await Calls.SharedAsync(client, server.Address, 10);

        connections.PerRequest(0.1);

        var said = Assert.Throws<ConnectionBudgetException>(() => connections.PerRequest(0.05)).Message;
        Assert.StartsWith("Expected at most 0.05 connections per request, but 1 was opened for 10 requests:", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_attempt_opens_none_and_says_so()
    {
        using var nobody = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        nobody.Bind(new IPEndPoint(IPAddress.Loopback, 0)); // bound and not listening: whoever connects is refused
        using var connections = ConnectionScope.Start();

        await Assert.ThrowsAsync<HttpRequestException>(() => Calls.FreshAsync(new Uri($"http://{nobody.LocalEndPoint}"), 1));

        Assert.Equal((0, 1), (connections.Opened, connections.Requests));
        Assert.StartsWith("Nothing was proven: 1 request of this scope failed before a connection was open. A refused attempt opens none",
            Assert.Throws<ConnectionBudgetException>(() => connections.AtMost(1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_that_opens_after_the_last_response_is_counted_once_all_is_quiet()
    {
        var first = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await CountingServer.StartAsync(context =>
        {
            arrived.TrySetResult();
            return context.Request.Path == "/first" ? first.Task : Task.CompletedTask;
        });
        var second = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var wanted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var attempts = 0;
        using var client = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (context, cancellationToken) =>
            {
                if (Interlocked.Increment(ref attempts) == 2)
                {
                    wanted.SetResult();
                    await second.Task;
                }

                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        });
        using var connections = ConnectionScope.Start();

        // The second request waits for a connection of its own, and the first one's comes free before that is open.
        var one = client.GetStringAsync(new Uri(server.Address, "first"), TestContext.Current.CancellationToken);
        await arrived.Task;
        var two = client.GetStringAsync(new Uri(server.Address, "second"), TestContext.Current.CancellationToken);
        await wanted.Task;
        first.SetResult();
        await Task.WhenAll(one, two);
        Assert.Equal(1, connections.Opened);
        second.SetResult();
        await connections.SettleAsync(TimeSpan.FromMilliseconds(300), TestContext.Current.CancellationToken);

        Assert.Equal((2, 1), (connections.Opened, connections.Carrying));
    }

    [Fact]
    public async Task The_waiting_can_be_ended()
    {
        using var connections = ConnectionScope.Start();
        using var ended = new CancellationTokenSource();
        await ended.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connections.SettleAsync(cancellationToken: ended.Token));
    }

    [Fact]
    public async Task A_pool_that_tests_share_has_the_right_sum_and_one_of_the_tests_pays()
    {
        await using var server = await CountingServer.StartAsync();
        using var client = new HttpClient();
        using var fixture = ConnectionScope.StartForProcess(server.Address);

        var opened = new List<int>();
        for (var test = 0; test < 3; test++)
        {
            using var connections = ConnectionScope.Start();
            await Calls.SharedAsync(client, server.Address, 2);
            opened.Add(connections.Opened);
        }

        Assert.Equal([1, 0, 0], opened);
        fixture.Exactly(1);
    }

    [Fact]
    public async Task A_fixture_proves_a_client_that_was_warm_before_it()
    {
        await using var server = await CountingServer.StartAsync();
        await using var other = await CountingServer.StartAsync();
        using var client = new HttpClient();
        await Calls.SharedAsync(client, server.Address, 1);
        using var fixture = ConnectionScope.StartForProcess(server.Address);

        await Calls.SharedAsync(client, other.Address, 3);
        Assert.Equal((0, 0, 0), (fixture.Opened, fixture.Requests, fixture.Carrying));
        await Calls.SharedAsync(client, server.Address, 5);

        Assert.Equal((0, 5, 1), (fixture.Opened, fixture.Requests, fixture.Carrying));
        fixture.AtMost(1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Requests_carry_the_trace_of_the_scope_only_where_it_follows_traces(bool follow)
    {
        var traced = false;
        await using var server = await CountingServer.StartAsync(context =>
        {
            traced = context.Request.Headers.ContainsKey("traceparent");
            return Task.CompletedTask;
        });
        using var connections = ConnectionScope.Start(follow);

        await Calls.FreshAsync(server.Address, 1);

        connections.Exactly(1);
        Assert.Equal(follow, traced);
    }

    [Fact]
    public void A_budget_that_is_none_is_refused()
    {
        using var connections = ConnectionScope.Start();

        Assert.Throws<ArgumentOutOfRangeException>(() => connections.AtMost(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => connections.Exactly(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => connections.PerRequest(double.NaN));
        Assert.Throws<ArgumentException>(() => ConnectionScope.StartForProcess(new Uri("/orders", UriKind.Relative)));
    }
}
