using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using ConnectionReuse.Clients;
using ConnectionReuse.Servers;
using ConnectionReuse.Targets;

namespace ConnectionReuse.Ports;

/// <summary>Fresh clients until no port is left, as production meets it; then the same work by the shared client.</summary>
public static class PortExhaustion
{
    /// <summary>The first local port.</summary>
    public const int FirstPort = 20_000;

    /// <summary>Local ports that the fresh clients may use up.</summary>
    public const int Ports = 200;

    /// <summary>Runs, server included, in a namespace that is bounded to <see cref="Ports"/> (<see cref="PortNamespace.Bound"/>).</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="HttpRequestException">A call failed for another reason than a lack of ports.</exception>
    public static async Task<ExhaustionReport> RunAsync(CancellationToken cancellationToken)
    {
        await using var server = await KestrelServer.StartAsync(TargetIds.KestrelHttp, new KestrelSettings(), cancellationToken);

        // By address: localhost may be tried by both of its addresses, each with its ports.
        var target = new Target(server.TargetId, new UriBuilder(server.Uri) { Host = IPAddress.Loopback.ToString() }.Uri)
        {
            ExpectedLength = LocalResponse.Body.Length,
        };
        await using var shared = new SharedClient().Open(target);
        await shared.CallAsync(cancellationToken);
        var (calls, failure) = await ExhaustAsync(target, cancellationToken);
        var timeWait = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpConnections().Count(connection => connection.State == TcpState.TimeWait);
        server.Counter.Mark();
        for (var call = 0; call < calls; call++)
        {
            await shared.CallAsync(cancellationToken);
        }

        return new ExhaustionReport(Ports, calls, failure, timeWait, calls, (int)server.Counter.Mark().ConnectionsUsed);
    }

    private static async Task<(int Calls, string? Failure)> ExhaustAsync(Target target, CancellationToken cancellationToken)
    {
        await using var fresh = new FreshClient().Open(target);
        for (var calls = 0; calls <= Ports; calls++)
        {
            try
            {
                await fresh.CallAsync(cancellationToken);
            }
            catch (HttpRequestException e) when (e.InnerException is SocketException { SocketErrorCode: SocketError.AddressNotAvailable } socket)
            {
                return (calls, socket.Message);
            }
        }

        return (Ports + 1, null);
    }
}
