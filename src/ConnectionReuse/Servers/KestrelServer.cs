using ConnectionReuse.Connections;
using ConnectionReuse.Targets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Hosting;

namespace ConnectionReuse.Servers;

/// <summary>
/// The control: Kestrel with nothing between the connection and the fixed response; under <c>/bytes/N</c> it sends N
/// bytes (up to 16 MiB), and a unary gRPC call gets the response as its answer.
/// </summary>
internal sealed class KestrelServer : ILocalServer
{
    private readonly WebApplication _app;
    private readonly QuicCounters? _quic;

    private KestrelServer(string targetId, Uri uri, ServerConnectionCounter counter, WebApplication app, QuicCounters? quic)
    {
        TargetId = targetId;
        Uri = uri;
        Counter = counter;
        _app = app;
        _quic = quic;
    }

    /// <inheritdoc/>
    public string TargetId { get; }

    /// <inheritdoc/>
    public Uri Uri { get; }

    /// <inheritdoc/>
    public ServerConnectionCounter Counter { get; }

    /// <summary>Starts the control.</summary>
    /// <param name="targetId">The id to answer for.</param>
    /// <param name="settings">How it serves.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <exception cref="IOException">No port could be bound.</exception>
    public static async Task<KestrelServer> StartAsync(string targetId, KestrelSettings settings, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var certificate = settings.Certificate;
        var quic = settings.Protocols == HttpProtocols.Http3 ? new QuicCounters() : null;
        var counter = new ServerConnectionCounter(quic);
        var at = settings.At ?? ListeningPoint.OnLoopback();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.KeepIdleConnections();
            if (settings.Counting)
            {
                kestrel.CountConnections(at, counter, tls: certificate is not null);
            }
            else
            {
                kestrel.ConfigureEndpointDefaults(at.Guard);
            }

            at.Listen(kestrel, endpoint =>
            {
                endpoint.Protocols = settings.Protocols;
                if (certificate is not null)
                {
                    endpoint.UseHttps(certificate);
                }
            });
        });
        if (certificate is not null)
        {
            builder.WebHost.UseKestrelHttpsConfiguration();
        }

        if (quic is not null)
        {
            builder.WebHost.UseQuic();
        }

        var app = builder.Build();
        if (settings.Counting)
        {
            app.Use(KestrelCounting.CountRequest);
        }

        if (settings.ServerTime is { } serverTime)
        {
            app.Use(serverTime.ThinkAsync);
        }

        app.Run(Uploads.Before(LosingResponses.Before(settings.Responses is { } responses ? responses.RespondAsync : RespondAsync)));
        await app.StartAsync(cancellationToken);
        return new KestrelServer(targetId, at.Uri(tls: certificate is not null), counter, app, quic);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        using var impatience = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await _app.StopAsync(impatience.Token);
        await _app.DisposeAsync();
        _quic?.Dispose();
    }

    private static Task RespondAsync(HttpContext context) =>
        SizedResponse.IsAskedBy(context.Request) ? SizedResponse.RespondAsync(context)
        : GrpcResponse.IsAskedBy(context.Request) ? GrpcResponse.RespondAsync(context)
        : RespondFixedAsync(context);

    private static async Task RespondFixedAsync(HttpContext context)
    {
        context.Response.ContentType = LocalResponse.ContentType;
        await context.Response.Body.WriteAsync(LocalResponse.Body, context.RequestAborted);
    }
}
