using ConnectionReuse.Clients;
using ConnectionReuse.Connections;
using ConnectionReuse.Results;
using ConnectionReuse.Targets;
using ConnectionReuse.Tests.Servers;
using Microsoft.Extensions.Logging;
using Xunit;

namespace ConnectionReuse.Tests.Connections;

[Collection(CountsOfTheProcess.Name)]
public sealed class ConnectionLogTests(TargetsBeside targets)
{
    private const string First = "Starting new HTTP connection (1): localhost";
    private const string Second = "Starting new HTTP connection (2): localhost";

    [Fact]
    public async Task Every_fresh_client_starts_its_first_connection() =>
        Assert.Equal([First, First, First], await LinesAsync(new FreshClient(), targets.Target(TargetIds.KestrelHttp)));

    [Fact]
    public async Task A_shared_client_starts_one_connection() =>
        Assert.Equal([First], await LinesAsync(new SharedClient(), targets.Target(TargetIds.KestrelHttp)));

    [Fact]
    public async Task A_shared_client_whose_connection_was_closed_starts_a_second_one()
    {
        var closing = CannedServer.Response("200 OK", LocalResponse.Text, "Connection: close");
        await using var server = new CannedServer(closing, socket => socket.Close());
        Assert.Equal([First, Second, "Starting new HTTP connection (3): localhost"], await LinesAsync(new SharedClient(), server.Target));
    }

    [Fact]
    public async Task The_line_names_HTTPS_where_it_is_spoken()
    {
        var lines = await LinesAsync(new SharedClient(), targets.Target(TargetIds.KestrelHttps));
        Assert.Equal(["Starting new HTTPS connection (1): localhost"], lines);
    }

    [Fact]
    public async Task A_floor_is_told_by_its_sockets()
    {
        var target = targets.Target(TargetIds.KestrelHttp);
        Assert.Equal([First, First, First], await LinesAsync(new FloorFresh(), target, bareSockets: true));
        Assert.Equal([First], await LinesAsync(new FloorShared(), target, bareSockets: true));
    }

    private static async Task<List<string>> LinesAsync(ClientPattern pattern, Target target, bool bareSockets = false)
    {
        var logger = new ListLogger();
        using var log = new ConnectionLog(logger, target.Uri, bareSockets);
        await using var caller = pattern.Open(target with { ClientCreated = log.ClientCreated });
        for (var i = 0; i < 3; i++)
        {
            await caller.CallAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal(logger.Lines.Count, log.Lines);
        return logger.Lines;
    }

    private sealed class ListLogger : ILogger
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add(formatter(state, exception));
    }
}
