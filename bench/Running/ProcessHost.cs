using System.Diagnostics;
using System.Net;
using ConnectionReuse.Measuring;
using ConnectionReuse.Ports;
using ConnectionReuse.Servers;

namespace ConnectionReuse.Bench.Running;

/// <summary>The processes of a measurement: a server of this build, and stations of any.</summary>
internal sealed class ProcessHost : IMeasuringHost
{
    private readonly DriverCores _cores = new();
    private readonly Dictionary<IPEndPoint, int> _free = [];

    /// <summary>Name and command of each station, by its place.</summary>
    public required Func<int, (string Name, ProcessStartInfo Start)> Station { get; init; }

    /// <summary>Gives the server's command the runtime settings that the stations have.</summary>
    public Func<ProcessStartInfo, ProcessStartInfo> Server { get; init; } = static start => start;

    /// <summary>A server that was started apart, in place of one that this starts; null for none.</summary>
    public RemoteTargets? Remote { get; init; }

    /// <summary>Options of the role <c>server</c> that every server gets.</summary>
    public IReadOnlyList<string> ServerOptions { get; init; } = [];

    /// <summary>How much longer a station's answer may take for each call in it.</summary>
    public TimeSpan PatiencePerCall { get; init; }

    /// <summary>Told what is waited for.</summary>
    public required Action<string> Progress { get; init; }

    /// <summary>Measures patience.</summary>
    public required TimeProvider Time { get; init; }

    /// <inheritdoc/>
    public byte[]? UntimedCores => _cores.All;

    /// <inheritdoc/>
    public Task<IMeasuredServer> StartServerAsync(IReadOnlyList<string> targets, CancellationToken cancellationToken)
    {
        Remote?.Served(targets);
        return Remote is null ? StartServerAsync(targets, ServerOptions, cancellationToken) : Task.FromResult<IMeasuredServer>(Remote);
    }

    /// <summary>Starts a server on the core of what is timed.</summary>
    /// <param name="targets">The ids of its targets.</param>
    /// <param name="options">Options of the role <c>server</c>, such as an emulated link.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="IOException">It did not get ready.</exception>
    /// <exception cref="UserException">This machine cannot serve them.</exception>
    public async Task<IMeasuredServer> StartServerAsync(IEnumerable<string> targets, IEnumerable<string> options, CancellationToken cancellationToken)
    {
        string[] ids = [.. targets];
        ServerNeeds.Ensure(ids);
        return new MeasuredServer(await _cores.OnLast(() => ServerProcess.StartAsync(Server(ThisProgram.StartRole(["server", .. ids, .. options])), cancellationToken)));
    }

    /// <inheritdoc/>
    public Task<StationSet> StartStationsAsync(int count, Random random) => _cores.OnLast(() => StationSet.StartAsync(
        count,
        place =>
        {
            var (name, start) = Station(place);
            return StationProcess.Start(name, start, PatiencePerCall, Time);
        },
        random));

    /// <inheritdoc/>
    public Task EnsurePortsAsync(string target, int port, int connections, CancellationToken cancellationToken) =>
        EnsurePortsAsync(target, new IPEndPoint(Remote is null ? IPAddress.Loopback : IPAddress.Parse(Remote.Ready.ControlHost!), port), connections, cancellationToken);

    /// <summary>Returns when so many connections to a destination can be opened.</summary>
    /// <exception cref="PortsExhaustedException">They will not come free in time.</exception>
    public async Task EnsurePortsAsync(string target, IPEndPoint destination, int connections, CancellationToken cancellationToken)
    {
        // Looking through a kernel's sockets takes a while: what was free at the last look and is not spent yet is free.
        if (_free.GetValueOrDefault(destination) < connections)
        {
            await PortBudget.EnsureAsync(destination, connections, Time, left => Progress($"waiting {left.TotalSeconds:0} s for free ports towards {target}"), cancellationToken);
            _free[destination] = PortBudget.Read(destination).Free;
        }

        _free[destination] -= connections;
    }

    /// <summary>Lets this process run on every core again.</summary>
    public void Release() => _cores.Release();

    private sealed class MeasuredServer(ServerProcess process) : IMeasuredServer
    {
        public ServerReady Ready => process.Ready;

        public void ThrowIfEnded() => process.ThrowIfEnded();

        public Task<T> WhileServingAsync<T>(Func<Task<T>> work) => process.WhileServingAsync(work);

        public ValueTask DisposeAsync() => process.DisposeAsync();
    }
}
