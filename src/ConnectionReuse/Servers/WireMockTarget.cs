using System.Security.Cryptography.X509Certificates;
using ConnectionReuse.Connections;
using ConnectionReuse.Targets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using WireMock.Exceptions;
using WireMock.Logging;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;
using WireMock.Settings;

namespace ConnectionReuse.Servers;

/// <summary>WireMock.Net answering every GET with the fixed response, its admin interface off and its log bounded.</summary>
internal sealed class WireMockTarget : ILocalServer
{
    private const int RequestLogEntries = 10;
    private const double HalfOfTheTime = 0.5;

    private readonly WireMockServer _server;

    private WireMockTarget(string targetId, Uri uri, ServerConnectionCounter counter, WireMockServer server)
    {
        TargetId = targetId;
        Uri = uri;
        Counter = counter;
        _server = server;
    }

    /// <inheritdoc/>
    public string TargetId { get; }

    /// <inheritdoc/>
    public Uri Uri { get; }

    /// <inheritdoc/>
    public ServerConnectionCounter Counter { get; }

    /// <summary>Starts WireMock.Net.</summary>
    /// <param name="targetId">The id to answer for.</param>
    /// <param name="certificate">The server certificate; null for plain HTTP.</param>
    /// <param name="breakHalf">Whether half of the requests find their connection cut instead of an answer: a fault to see that the run notices.</param>
    /// <param name="serverTime">How long it thinks about each request; null to answer at once.</param>
    /// <param name="place">Where it listens; null for a free loopback port.</param>
    /// <exception cref="IOException">The server did not start.</exception>
    public static WireMockTarget Start(string targetId, X509Certificate2? certificate, bool breakHalf, ServerTime? serverTime = null, ListeningPoint? place = null)
    {
        var counter = new ServerConnectionCounter();
        var at = place ?? ListeningPoint.OnLoopback();
        var tls = certificate is not null;
        var server = Start(new WireMockServerSettings
        {
            Urls = [at.Authority(tls)],
            StartAdminInterface = false,
            MaxRequestLogCount = RequestLogEntries,
            Logger = new WireMockNullLogger(),
            AdditionalServiceRegistration = services => services.Configure<KestrelServerOptions>(kestrel =>
            {
                kestrel.KeepIdleConnections();
                kestrel.CountConnections(at, counter, tls);

                // Not by CertificateSettings: WireMock.Net writes its settings as JSON, and fails on an ECDSA key.
                kestrel.ConfigureHttpsDefaults(https => https.ServerCertificate = certificate);
            }),
            PreWireMockMiddlewareInit = app =>
            {
                ((IApplicationBuilder)app).Use(KestrelCounting.CountRequest);
                if (breakHalf)
                {
                    ((IApplicationBuilder)app).Use(CutEmptyResponse);
                }

                if (serverTime is not null)
                {
                    ((IApplicationBuilder)app).Use(serverTime.ThinkAsync);
                }
            },
        });

        var response = Response.Create()
            .WithStatusCode(200)
            .WithHeader("Content-Type", LocalResponse.ContentType)
            .WithBody(LocalResponse.Body.ToArray());
        if (breakHalf)
        {
            response = response.WithFault(FaultType.EMPTY_RESPONSE, HalfOfTheTime);
        }

        server.Given(Request.Create().UsingGet()).RespondWith(response);
        return new WireMockTarget(targetId, at.Uri(tls), counter, server);
    }

    private static WireMockServer Start(WireMockServerSettings settings)
    {
        try
        {
            return WireMockServer.Start(settings);
        }
        catch (Exception e) when (e is WireMockException or TimeoutException)
        {
            throw new IOException($"WireMock.Net did not start: {e.Message}", e);
        }
    }

    // WireMock.Net's faults break responses; with its empty one the connection is to break too.
    private static async Task CutEmptyResponse(HttpContext context, RequestDelegate next)
    {
        var wire = context.Response.Body;
        using var held = new MemoryStream();
        context.Response.Body = held;
        await next(context);
        context.Response.Body = wire;
        if (held.Length == 0)
        {
            context.Abort();
        }

        await wire.WriteAsync(held.ToArray(), context.RequestAborted);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _server.Stop();
        _server.Dispose();
        return ValueTask.CompletedTask;
    }
}
