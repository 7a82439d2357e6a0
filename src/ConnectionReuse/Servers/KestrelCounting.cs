using ConnectionReuse.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ConnectionReuse.Servers;

/// <summary>Hooks a <see cref="ServerConnectionCounter"/> into Kestrel, which also carries WireMock.Net.</summary>
internal static class KestrelCounting
{
    /// <summary>Counts the connections and bytes of every endpoint configured after this call, below TLS.</summary>
    public static void CountConnections(this KestrelServerOptions options, ServerConnectionCounter counter) =>
        options.ConfigureEndpointDefaults(endpoint => endpoint.Use(next => async connection =>
        {
            var counted = counter.Open();
            var transport = connection.Transport;
            connection.Features.Set(counted);
            connection.Transport = new CountingTransport(transport, counted);
            try
            {
                await next(connection);
            }
            finally
            {
                connection.Transport = transport;
            }
        }));

    /// <summary>Middleware that books a request on its connection.</summary>
    public static Task CountRequest(HttpContext context, RequestDelegate next)
    {
        context.Features.Get<ServerConnectionCounter.CountedConnection>()?.Request();
        return next(context);
    }
}
