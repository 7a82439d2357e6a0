using ConnectionReuse.Connections;
using ConnectionReuse.Links;
using ConnectionReuse.Results;
using ConnectionReuse.Targets;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ConnectionReuse.Servers;

/// <summary>The local targets of a run, in the process that only serves.</summary>
internal sealed class LocalServers : IAsyncDisposable
{
    private const int StartAttempts = 3;

    private readonly TestCertificates _certificates;
    private readonly PreciseTimer? _timer;
    private readonly ServerTime? _serverTime;
    private readonly CannedResponses? _responses;
    private readonly ServerPlace? _place;
    private readonly List<ILocalServer> _servers = [];

    private LocalServers(TestCertificates certificates, LinkOptions options, CannedResponses? responses, ServerPlace? place)
    {
        _certificates = certificates;
        _responses = responses;
        _place = place;
        _timer = options == LinkOptions.None ? null : new PreciseTimer();
        _serverTime = options.ServerTime > TimeSpan.Zero ? new ServerTime(options.ServerTime, _timer!) : null;
    }

    /// <summary>The running targets, by id.</summary>
    public IReadOnlyDictionary<string, ILocalServer> ByTarget => _servers.ToDictionary(server => server.TargetId, StringComparer.Ordinal);

    /// <summary>The public certificate of the run's authority.</summary>
    public string AuthorityPem => _certificates.Authority.ExportCertificatePem();

    /// <summary>Where they are, for clients in other processes.</summary>
    /// <param name="controlPort">The port that answers <see cref="ServerControl"/>.</param>
    public ServerReady Ready(int controlPort) => new(_servers.ToDictionary(server => server.TargetId, server => server.Uri), controlPort, AuthorityPem);

    /// <summary>The targets that this machine can serve: all but HTTP/3 where it has no QUIC.</summary>
    public static IReadOnlyList<string> Available => [.. TargetIds.Served.Where(id => id != TargetIds.KestrelHttp3 || Quic.Unsupported is null)];

    /// <summary>Starts the named targets.</summary>
    /// <param name="targetIds">Ids out of <see cref="Available"/>; with the suffix <see cref="Uncounted"/> a Kestrel target runs without counters.</param>
    /// <param name="breakHalf">Whether WireMock breaks half of its responses.</param>
    /// <param name="link">The link in front of every target, and how long a target thinks.</param>
    /// <param name="time">Dates the certificates.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <param name="responses">What Kestrel targets answer with; null for the response that every local target has.</param>
    /// <param name="place">Where they listen; null for free loopback ports.</param>
    /// <exception cref="IOException">A server did not start.</exception>
    public static async Task<LocalServers> StartAsync(
        IEnumerable<string> targetIds, bool breakHalf, LinkOptions link, TimeProvider time, CancellationToken cancellationToken, CannedResponses? responses = null, ServerPlace? place = null)
    {
        ArgumentNullException.ThrowIfNull(targetIds);
        ArgumentNullException.ThrowIfNull(link);
        var servers = new LocalServers(place is null ? TestCertificates.Create(time) : TestCertificates.Create(time, place.Host, place.Address), link, responses, place);
        try
        {
            foreach (var id in targetIds)
            {
                servers._servers.Add(await servers.StartWithRetryAsync(id, breakHalf, cancellationToken));
                if (link.Link is not null)
                {
                    servers._servers[^1] = new RelayedServer(servers._servers[^1], link.Link, servers._timer!);
                }
            }

            return servers;
        }
        catch
        {
            await servers.DisposeAsync();
            throw;
        }
    }

    /// <summary>Marks a Kestrel target that runs without counters.</summary>
    public const string Uncounted = "-uncounted";

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_servers.Select(server => server.DisposeAsync().AsTask())); // each waits a second for its connections

        _timer?.Dispose();
        _certificates.Dispose();
    }

    // Between finding a free port and listening on it, another program may take it.
    private async Task<ILocalServer> StartWithRetryAsync(string id, bool breakHalf, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await StartOneAsync(id, breakHalf, cancellationToken);
            }
            catch (IOException) when (attempt < StartAttempts)
            {
            }
        }
    }

    private async Task<ILocalServer> StartOneAsync(string id, bool breakHalf, CancellationToken cancellationToken)
    {
        var counting = !id.EndsWith(Uncounted, StringComparison.Ordinal);
        var at = _place?.Target(_servers.Count);
        var kestrel = new KestrelSettings { At = at, Counting = counting, ServerTime = _serverTime, Responses = _responses };
        return (counting ? id : id[..^Uncounted.Length]) switch
        {
            TargetIds.WireMockHttp => WireMockTarget.Start(id, null, breakHalf, _serverTime, at),
            TargetIds.WireMockHttps => WireMockTarget.Start(id, _certificates.Leaf, breakHalf, _serverTime, at),
            TargetIds.KestrelHttp => await KestrelServer.StartAsync(id, kestrel, cancellationToken),
            TargetIds.KestrelHttps => await KestrelServer.StartAsync(id, kestrel with { Certificate = _certificates.Leaf }, cancellationToken),
            TargetIds.KestrelHttp3 => await KestrelServer.StartAsync(id, kestrel with { Certificate = _certificates.Leaf, Protocols = HttpProtocols.Http3 }, cancellationToken),
            TargetIds.KestrelH2c => await KestrelServer.StartAsync(id, kestrel with { Protocols = HttpProtocols.Http2 }, cancellationToken),
            _ => throw new ArgumentException($"'{id}' is not a local target"),
        };
    }
}
