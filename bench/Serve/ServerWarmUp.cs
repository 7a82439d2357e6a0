using System.Globalization;
using System.Net;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Clients;
using ConnectionReuse.Connections;
using ConnectionReuse.Results;
using ConnectionReuse.Servers;
using ConnectionReuse.Targets;
using ConnectionReuse.Turns;

namespace ConnectionReuse.Bench.Serve;

/// <summary>Calls every path of a server until its JIT stands still: else it would compile while a client is timed.</summary>
/// <param name="server">The server.</param>
/// <param name="address">Its address: its name may be known to clients alone.</param>
internal sealed class ServerWarmUp(ServerProcess server, IPAddress address)
{
    private const int CallsOfAStep = 20;

    // New connections with resumed and with full handshakes, and one that is kept.
    private static readonly string[] Patterns = [ClientIds.Fresh, ClientIds.FreshFull, ClientIds.Shared];

    /// <summary>Makes the calls.</summary>
    /// <exception cref="UserException">A target does not answer this very machine.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var callers = server.Ready.Targets.Keys.SelectMany(Paths).ToArray();
        try
        {
            await CallAsync(callers, RuntimeSettings.CallsUntilHot, cancellationToken);
            var compiled = 0L;
            await JitWarmup.RunAsync(
                async () =>
                {
                    await CallAsync(callers, CallsOfAStep, cancellationToken);
                    compiled = long.Parse(await server.AskAsync(ControlProtocol.Compiled, cancellationToken), CultureInfo.InvariantCulture);
                },
                () => compiled);
        }
        catch (Exception e) when (Failure.IsOfACall(e) && !cancellationToken.IsCancellationRequested)
        {
            throw new UserException(ExitCode.CouldNotMeasure, $"the servers do not answer at {address}: {Failure.Describe(e)}");
        }
        finally
        {
            foreach (var caller in callers)
            {
                await caller.DisposeAsync();
            }
        }
    }

    private static async Task CallAsync(ICaller[] callers, int calls, CancellationToken cancellationToken)
    {
        foreach (var caller in callers)
        {
            await caller.OneAfterAnotherAsync(calls, TimeSpan.Zero, cancellationToken);
        }
    }

    private IEnumerable<ICaller> Paths(string id)
    {
        var named = server.Ready.Target(id);
        var uri = named.Uri;
        var target = named with { Request = new OwnRequest { Resolve = [new ResolvedAddress(uri.Host, uri.Port, address.ToString())] } };
        Target[] versions = id switch
        {
            TargetIds.KestrelHttp3 => [named with { Uri = new UriBuilder(uri) { Host = address.ToString() }.Uri }], // QUIC looks its name up itself
            TargetIds.KestrelH2c => [target with { HttpVersion = HttpVersion.Version20 }],
            TargetIds.KestrelHttps => [target, target with { HttpVersion = HttpVersion.Version20 }],
            _ => [target],
        };
        return
            from version in versions
            from pattern in Patterns.Select(each => ClientPatterns.All[each])
            where version.IsTls || !pattern.TlsOnly
            select pattern.Open(version);
    }
}
