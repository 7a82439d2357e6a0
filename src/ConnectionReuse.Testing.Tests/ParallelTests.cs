using System.Net;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;

namespace ConnectionReuse.Testing.Tests;

/// <summary>Eight tests at once, each with a scope, twenty calls and a server of its own: every scope counts what its server counts.</summary>
public sealed class ParallelTests
{
    private const int Tests = 8;
    private const int Each = 20;

    [Fact]
    public async Task Fresh_clients_of_eight_tests_are_told_apart()
    {
        var counts = await CountAsync(address => Calls.FreshAsync(address, Each));

        Assert.All(counts, count => Assert.Equal(new Count(Each, Each, Each), count));
    }

    [Fact]
    public async Task A_shared_client_of_each_test_opens_one()
    {
        var counts = await CountAsync(async address =>
        {
            using var client = new HttpClient();
            await Calls.SharedAsync(client, address, Each);
        });

        Assert.All(counts, count => Assert.Equal(new Count(1, 1, Each), count));
    }

    [Fact]
    public async Task Requests_of_HTTP_2_at_once_share_one()
    {
        var counts = await CountAsync(async address =>
        {
            using var client = new HttpClient { DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
            await Task.WhenAll(Enumerable.Range(0, Each).Select(_ => client.GetStringAsync(address, TestContext.Current.CancellationToken)));
        }, protocols: HttpProtocols.Http2);

        Assert.All(counts, count => Assert.Equal(new Count(1, 1, Each), count));
    }

    [Fact]
    public async Task Calls_of_gRPC_over_fresh_channels_are_told_apart()
    {
        var nothing = Marshallers.Create<byte[]>(static bytes => bytes, static bytes => bytes);
        var method = new Method<byte[], byte[]>(MethodType.Unary, "tests.Orders", "Get", nothing, nothing);
        var counts = await CountAsync(async address =>
        {
            for (var call = 0; call < Each; call++)
            {
                using var channel = GrpcChannel.ForAddress(address);
                await channel.CreateCallInvoker().AsyncUnaryCall(method, null, default, [1]);
            }
        }, AnswerAsync, HttpProtocols.Http2);

        Assert.All(counts, count => Assert.Equal(new Count(Each, Each, Each), count));

        static async Task AnswerAsync(HttpContext context)
        {
            context.Response.ContentType = "application/grpc";
            await context.Response.Body.WriteAsync(new byte[5]); // an empty message
            context.Response.AppendTrailer("grpc-status", "0");
        }
    }

    [Fact]
    public async Task Calls_to_a_mock_are_told_apart()
    {
        using var mock = WireMockServer.Start();
        mock.Given(Request.Create().UsingGet()).RespondWith(Response.Create().WithBody("{}"));

        var opened = await AtOnceAsync(async _ =>
        {
            using var connections = ConnectionScope.Start();
            await Calls.FreshAsync(new Uri(mock.Url!), Each);
            return connections.Opened;
        });

        Assert.Equal(Enumerable.Repeat(Each, Tests), opened);
    }

    [Fact]
    public async Task A_server_in_the_process_is_counted_in_the_test_that_called_it()
    {
        // Its first caller must not get what it sends for the others.
        await using var front = await CountingServer.StartAsync(context => Calls.FreshAsync(new Uri(context.Request.Query["next"].Single()!), 1));
        var counts = await CountAsync(async address =>
        {
            using var client = new HttpClient();
            await Calls.SharedAsync(client, new Uri(front.Address, $"?next={Uri.EscapeDataString(address.ToString())}"), Each);
        });

        // One to the front, and what the front opened to the test's own server.
        Assert.All(counts, count => Assert.Equal(new Count(Each + 1, Each, Each + Each), count));
    }

    private static async Task<Count[]> CountAsync(Func<Uri, Task> call, RequestDelegate? answer = null, HttpProtocols protocols = HttpProtocols.Http1) =>
        await AtOnceAsync(async begun =>
        {
            await using var server = await CountingServer.StartAsync(answer ?? (_ => Task.CompletedTask), protocols);
            await begun;
            using var connections = ConnectionScope.Start();
            await call(server.Address);
            return new Count(connections.Opened, server.Accepted, connections.Requests);
        });

    private static async Task<T[]> AtOnceAsync<T>(Func<Task, Task<T>> test)
    {
        var begin = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var tests = Task.WhenAll(Enumerable.Range(0, Tests).Select(_ => Task.Run(() => test(begin.Task), TestContext.Current.CancellationToken)));
        begin.SetResult();
        return await tests;
    }

    private sealed record Count(int Opened, int Accepted, int Requests);
}
