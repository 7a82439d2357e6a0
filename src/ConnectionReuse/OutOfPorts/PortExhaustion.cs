using System.Diagnostics;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Runtime;
using System.Runtime.Versioning;
using ConnectionReuse.Clients;
using ConnectionReuse.Ports;
using ConnectionReuse.Results;
using ConnectionReuse.Servers;
using ConnectionReuse.Targets;
using ConnectionReuse.Turns;

namespace ConnectionReuse.OutOfPorts;

/// <summary>Fresh clients until no port is left, as production meets it; then the same work by the shared client.</summary>
internal static class PortExhaustion
{
    /// <summary>The first local port, below those that Linux hands out by default: the warm-up takes none of ours.</summary>
    public const int FirstPort = 20_000;

    /// <summary>Local ports that the fresh clients may use up.</summary>
    public const int Ports = 200;

    /// <summary>Runs, server included, in a namespace of its own (<see cref="PortNamespace.Open"/>), which it bounds once it is warm.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="HttpRequestException">A call failed for another reason than a lack of ports.</exception>
    /// <exception cref="IOException">The ports could not be bounded.</exception>
    [SupportedOSPlatform("linux")]
    public static async Task<ExhaustionReport> RunAsync(CancellationToken cancellationToken)
    {
        await using var server = await KestrelServer.StartAsync(TargetIds.KestrelHttp, new KestrelSettings(), cancellationToken);

        // By address: localhost may be tried by both of its addresses, each with its ports.
        var target = new Target(server.TargetId, new UriBuilder(server.Uri) { Host = IPAddress.Loopback.ToString() }.Uri)
        {
            ExpectedLength = LocalResponse.Body.Length,
        };
        await WarmUpAsync(target, cancellationToken);
        PortNamespace.Bound(FirstPort, Ports);

        await using var shared = new SharedClient().Open(target);
        await shared.CallAsync(cancellationToken);
        var before = server.Counter.Mark();
        var (calls, failure, freshTime) = await ExhaustAsync(target, cancellationToken);
        var timeWait = TimeWait();
        var afterFresh = server.Counter.Mark();
        var start = Stopwatch.GetTimestamp();
        for (var call = 0; call < calls; call++)
        {
            await shared.CallAsync(cancellationToken);
        }

        var sharedTime = Stopwatch.GetElapsedTime(start);
        var ofFresh = afterFresh - before;
        var ofShared = server.Counter.Mark() - afterFresh;
        return new ExhaustionReport(
            Ports, calls, (int)ofFresh.Carrying!, (int)ofFresh.Accepted!, failure, timeWait,
            calls, (int)ofShared.Carrying!, (int)ofShared.Accepted!,
            freshTime.TotalSeconds, sharedTime.TotalSeconds);
    }

    private static async Task WarmUpAsync(Target target, CancellationToken cancellationToken)
    {
        await using var fresh = new FreshClient().Open(target);
        await using var shared = new SharedClient().Open(target);
        await JitWarmup.RunAsync(IterateAsync, () => JitInfo.GetCompiledMethodCount());

        async Task IterateAsync()
        {
            for (var call = 0; call < Ports; call++)
            {
                await fresh.CallAsync(cancellationToken);
                await shared.CallAsync(cancellationToken);
            }
        }
    }

    private static async Task<(int Calls, string? Failure, TimeSpan Time)> ExhaustAsync(Target target, CancellationToken cancellationToken)
    {
        await using var fresh = new FreshClient().Open(target);
        var start = Stopwatch.GetTimestamp();
        var time = TimeSpan.Zero;
        for (var calls = 0; calls <= Ports; calls++)
        {
            try
            {
                await fresh.CallAsync(cancellationToken);
                time = Stopwatch.GetElapsedTime(start);
            }
            catch (HttpRequestException e) when (e.InnerException is SocketException { SocketErrorCode: SocketError.AddressNotAvailable } socket)
            {
                return (calls, socket.Message, time);
            }
        }

        return (Ports + 1, null, time);
    }

    private static int TimeWait() => IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpConnections().Count(connection =>
        connection.State == TcpState.TimeWait && connection.LocalEndPoint.Port is >= FirstPort and < FirstPort + Ports);
}
