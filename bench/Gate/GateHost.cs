using ConnectionReuse.Bench.Running;
using ConnectionReuse.Measuring;
using ConnectionReuse.Ports;
using ConnectionReuse.Servers;

namespace ConnectionReuse.Bench.Gate;

/// <summary>The gate's processes: a server of this build, and stations of published ones.</summary>
/// <param name="folders">Name and folder of each station's build.</param>
/// <param name="progress">Told what goes on.</param>
/// <param name="time">Measures patience.</param>
internal sealed class GateHost(IReadOnlyList<(string Name, string Folder)> folders, Action<string> progress, TimeProvider time) : IMeasuringHost
{
    private readonly DriverCores _cores = new();

    /// <inheritdoc/>
    public byte[]? UntimedCores => _cores.All;

    /// <inheritdoc/>
    public async Task<IMeasuredServer> StartServerAsync(IReadOnlyList<string> targets, CancellationToken cancellationToken) =>
        new Server(await _cores.OnLast(() => ServerProcess.StartAsync(GateRuntime.Under(Self.Start(["server", .. targets])), cancellationToken)));

    /// <inheritdoc/>
    public StationSet StartStations(int count, Random random) => _cores.OnLast(() => StationSet.Start(
        count,
        place => StationProcess.Start(folders[place].Name, GateRuntime.Under(Builds.StationOf(folders[place].Folder)), TimeSpan.Zero, time),
        random));

    /// <inheritdoc/>
    public Task EnsurePortsAsync(string target, int port, int connections, CancellationToken cancellationToken) =>
        PortBudget.EnsureAsync(port, connections, time, left => progress($"waiting {left.TotalSeconds:0} s for free ports towards {target}"), cancellationToken);

    private sealed class Server(ServerProcess process) : IMeasuredServer
    {
        public ServerReady Ready => process.Ready;

        public void ThrowIfEnded() => process.ThrowIfEnded();

        public ValueTask DisposeAsync() => process.DisposeAsync();
    }
}
