using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Hosting;

namespace ConnectionReuse.Testing.Tests;

/// <summary>What no flow and no trace leads to: it is counted as outside any scope, and said.</summary>
[Collection(nameof(Alone))]
public sealed class LostFlowTests
{
    [Fact]
    public async Task A_suppressed_flow_belongs_to_no_scope()
    {
        await using var server = await CountingServer.StartAsync();
        using var connections = ConnectionScope.Start();

        Task calls;
        using (ExecutionContext.SuppressFlow())
        {
            calls = Task.Run(() => Calls.FreshAsync(server.Address, 10), TestContext.Current.CancellationToken);
        }

        await calls;

        Assert.Equal((0, 0, 10), (connections.Opened, connections.Requests, connections.OpenedOutsideAnyScope));
        var said = Assert.Throws<ConnectionBudgetException>(() => connections.AtMost(1)).Message;
        Assert.StartsWith("Nothing was proven: no request was seen in this scope. Requests of a worker that was started earlier, of a suppressed flow", said, StringComparison.Ordinal);
        Assert.EndsWith("Outside any scope, 10 connections opened and 10 requests began meanwhile in this process.", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_worker_that_was_started_earlier_belongs_to_no_scope()
    {
        await using var server = await CountingServer.StartAsync();
        var orders = Channel.CreateUnbounded<int>();
        var worker = Task.Run(async () =>
        {
            await foreach (var calls in orders.Reader.ReadAllAsync(TestContext.Current.CancellationToken))
            {
                await Calls.FreshAsync(server.Address, calls);
            }
        }, TestContext.Current.CancellationToken);

        using var connections = ConnectionScope.Start();
        orders.Writer.TryWrite(3);
        orders.Writer.Complete();
        await worker;

        Assert.Equal((0, 3), (connections.Opened, connections.OpenedOutsideAnyScope));
    }

    [Fact]
    public async Task A_scope_of_an_async_set_up_does_not_reach_the_test_and_says_so()
    {
        await using var server = await CountingServer.StartAsync();
        using var connections = await SetUpAsync();
        await Calls.FreshAsync(server.Address, 8);

        Assert.Equal((0, 8), (connections.Opened, connections.OpenedOutsideAnyScope));
        var said = Assert.Throws<ConnectionBudgetException>(() => connections.AtMost(1)).Message;
        Assert.StartsWith("Nothing was proven: no request was seen in this scope. It was started in an async method that has returned", said, StringComparison.Ordinal);

        static async Task<ConnectionScope> SetUpAsync()
        {
            await Task.Yield();
            return ConnectionScope.Start();
        }
    }

    [Fact]
    public async Task A_scope_of_the_process_counts_them_all()
    {
        await using var server = await CountingServer.StartAsync();
        await using var other = await CountingServer.StartAsync();
        using var client = new HttpClient();
        await client.GetStringAsync(other.Address, TestContext.Current.CancellationToken);
        using var connections = await SetUpAsync(server.Address);

        using (ConnectionScope.Start())
        {
            await Calls.FreshAsync(server.Address, 2);
        }

        Task calls;
        using (ExecutionContext.SuppressFlow())
        {
            calls = Task.Run(() => Calls.FreshAsync(server.Address, 3), TestContext.Current.CancellationToken);
        }

        await calls;
        await Calls.SharedAsync(client, other.Address, 4);
        await Calls.FreshAsync(other.Address, 4);

        connections.Exactly(5);
        Assert.Equal((5, 5, 5), (connections.Opened, connections.Requests, connections.Carrying));

        static async Task<ConnectionScope> SetUpAsync(Uri origin)
        {
            await Task.Yield();
            return ConnectionScope.StartForProcess(origin);
        }
    }

    [Theory]
    [InlineData(true, 4, 0)]
    [InlineData(false, 0, 4)]
    public async Task A_test_server_loses_the_scope_unless_it_preserves_the_flow(bool preserve, int opened, int outside)
    {
        await using var next = await CountingServer.StartAsync();
        using var host = await StartTestServerAsync(_ => Calls.FreshAsync(next.Address, 4));
        host.GetTestServer().PreserveExecutionContext = preserve;
        using var client = host.GetTestClient();
        using var connections = ConnectionScope.Start();

        await client.GetStringAsync("/", TestContext.Current.CancellationToken);

        Assert.Equal((opened, outside), (connections.Opened, connections.OpenedOutsideAnyScope));
        Assert.Equal(4, next.Accepted);
    }

    [Fact]
    public async Task A_test_server_proves_nothing_unless_the_test_says_that_it_knows()
    {
        using var host = await StartTestServerAsync(_ => Task.CompletedTask);
        using var client = host.GetTestClient();
        using var connections = ConnectionScope.Start();

        await client.GetStringAsync("/", TestContext.Current.CancellationToken);

        Assert.Equal((0, 1, 0), (connections.Opened, connections.Requests, connections.Carrying));
        const string Said = "Nothing was proven: 1 request of this scope went over no connection, so any budget would hold. A TestServer or a handler of your own answers without a socket";
        Assert.StartsWith(Said, Assert.Throws<ConnectionBudgetException>(() => connections.AtMost(1)).Message, StringComparison.Ordinal);
        Assert.StartsWith(Said, Assert.Throws<ConnectionBudgetException>(() => connections.Exactly(0)).Message, StringComparison.Ordinal);
        Assert.StartsWith(Said, Assert.Throws<ConnectionBudgetException>(() => connections.PerRequest(1)).Message, StringComparison.Ordinal);
        connections.AtMost(1, mayProveNothing: true);
    }

    [Fact]
    public async Task What_outlives_its_scope_is_counted_outside_of_every_scope()
    {
        await using var server = await CountingServer.StartAsync();
        using var goOn = new SemaphoreSlim(0);
        using var another = ConnectionScope.StartForProcess();
        var ended = ConnectionScope.Start();
        var late = LateAsync();
        ended.Dispose();
        using var open = ConnectionScope.Start();
        goOn.Release();
        await late;

        Assert.Equal((0, 0), (ended.Opened, ended.Requests));
        Assert.Equal((0, 3, 3), (open.Opened, open.OpenedOutsideAnyScope, another.Opened));

        async Task LateAsync()
        {
            await goOn.WaitAsync(TestContext.Current.CancellationToken);
            await Calls.FreshAsync(server.Address, 3);
        }
    }

    private static async Task<IHost> StartTestServerAsync(RequestDelegate answer) =>
        await new HostBuilder().ConfigureWebHost(web => web.UseTestServer().Configure(app => app.Run(answer))).StartAsync(TestContext.Current.CancellationToken);
}
