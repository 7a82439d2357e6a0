using ConnectionReuse.Connections;
using ConnectionReuse.Targets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Hosting;

namespace ConnectionReuse.Servers;

/// <summary>The control over HTTP/2 without TLS: the fixed response, and the same as the answer to a unary gRPC call.</summary>
public sealed class KestrelH2cServer : ILocalServer
{
    private readonly WebApplication _app;

    private KestrelH2cServer(string targetId, Uri uri, ServerConnectionCounter counter, WebApplication app)
    {
        TargetId = targetId;
        Uri = uri;
        Counter = counter;
        _app = app;
    }

    /// <inheritdoc/>
    public string TargetId { get; }

    /// <inheritdoc/>
    public Uri Uri { get; }

    /// <inheritdoc/>
    public ServerConnectionCounter Counter { get; }

    /// <summary>Starts it on a free loopback port.</summary>
    /// <param name="targetId">The id to answer for.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <exception cref="IOException">No port could be bound.</exception>
    public static async Task<KestrelH2cServer> StartAsync(string targetId, CancellationToken cancellationToken)
    {
        var counter = new ServerConnectionCounter();
        var port = LoopbackPorts.Free();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.CountConnections(counter, tls: false);
            kestrel.ListenLocalhost(port, endpoint => endpoint.Protocols = HttpProtocols.Http2);
        });
        var app = builder.Build();
        app.Use(KestrelCounting.CountRequest);
        app.Run(async context =>
        {
            if (GrpcResponse.IsAskedBy(context.Request))
            {
                await GrpcResponse.RespondAsync(context);
                return;
            }

            context.Response.ContentType = LocalResponse.ContentType;
            await context.Response.Body.WriteAsync(LocalResponse.Body, context.RequestAborted);
        });
        await app.StartAsync(cancellationToken);
        return new KestrelH2cServer(targetId, new Uri($"{Uri.UriSchemeHttp}://localhost:{port}/"), counter, app);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        using var impatience = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await _app.StopAsync(impatience.Token);
        await _app.DisposeAsync();
    }
}
