using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace ConnectionReuse.Testing.Tests;

/// <summary>A server on the loopback interface that counts the connections that it accepts: what a scope is checked against.</summary>
internal sealed class CountingServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _accepted;

    private CountingServer(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single());

    public int Accepted => Volatile.Read(ref _accepted);

    public static Task<CountingServer> StartAsync() => StartAsync(_ => Task.CompletedTask);

    public static async Task<CountingServer> StartAsync(RequestDelegate answer, HttpProtocols protocols = HttpProtocols.Http1)
    {
        CountingServer? server = null;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = protocols;
            listen.Use(next => connection =>
            {
                Interlocked.Increment(ref server!._accepted);
                return next(connection);
            });
        }));
        var app = builder.Build();
        app.Run(answer);
        server = new CountingServer(app);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
