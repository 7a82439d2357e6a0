using ConnectionReuse.Connections;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ConnectionReuse.Servers;

/// <summary>Hooks a <see cref="ServerConnectionCounter"/> into Kestrel, which also carries WireMock.Net.</summary>
internal static class KestrelCounting
{
    /// <summary>
    /// Counts the connections of every endpoint configured after this call and, below TLS, tells their handshakes; those of
    /// QUIC are the counter's to tell.
    /// </summary>
    public static void CountConnections(this KestrelServerOptions options, ListeningPoint at, ServerConnectionCounter counter, bool tls) =>
        options.ConfigureEndpointDefaults(endpoint =>
        {
            at.Guard(endpoint); // whoever may not come is not counted
            endpoint.Use(next => connection =>
            {
                var counted = counter.Open(tls);
                connection.Features.Set(counted);
                return tls ? ShowHandshakeAsync(connection, counted, next) : next(connection);
            });
            ((IMultiplexedConnectionBuilder)endpoint).Use(next => connection =>
            {
                connection.Features.Set(counter.Open(tls: false));
                return next(connection);
            });
        });

    /// <summary>Middleware that books a request on its connection.</summary>
    public static Task CountRequest(HttpContext context, RequestDelegate next)
    {
        context.Features.Get<ServerConnectionCounter.CountedConnection>()?.Request();
        return next(context);
    }

    private static async Task ShowHandshakeAsync(
        ConnectionContext connection, ServerConnectionCounter.CountedConnection counted, ConnectionDelegate next)
    {
        var transport = connection.Transport;
        connection.Transport = new HandshakeTransport(transport, counted);
        try
        {
            await next(connection);
        }
        finally
        {
            connection.Transport = transport;
        }
    }
}
