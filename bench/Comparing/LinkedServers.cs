using System.Globalization;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Results;
using ConnectionReuse.Servers;

namespace ConnectionReuse.Bench.Comparing;

/// <summary>The control behind emulated links, a process for each round trip.</summary>
internal sealed class LinkedServers : IAsyncDisposable
{
    private readonly Dictionary<int, ServerProcess> _servers = [];

    /// <summary>Where they are, by their round trips in milliseconds.</summary>
    public IReadOnlyDictionary<int, ServerReady> Ready => _servers.ToDictionary(pair => pair.Key, pair => pair.Value.Ready);

    /// <summary>Starts one for each round trip.</summary>
    /// <exception cref="UserException">One did not start.</exception>
    public async Task StartAsync(IReadOnlyList<int> roundTripMilliseconds, PassedOn passedOn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(roundTripMilliseconds);
        foreach (var milliseconds in roundTripMilliseconds)
        {
            var rtt = milliseconds.ToString(CultureInfo.InvariantCulture) + "ms";
            _servers[milliseconds] = await ServerStart.StartAsync([TargetIds.KestrelHttps], ["--rtt", rtt], passedOn, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers.Values)
        {
            await server.DisposeAsync();
        }
    }
}
