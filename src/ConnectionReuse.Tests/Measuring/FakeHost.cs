using ConnectionReuse.Measuring;
using ConnectionReuse.Servers;

namespace ConnectionReuse.Tests.Measuring;

/// <summary>A machine without processes and sockets.</summary>
/// <param name="station">Makes the station of a place.</param>
internal sealed class FakeHost(Func<int, FakeStation> station) : IMeasuringHost
{
    /// <summary>Every station that was started, set by set.</summary>
    public List<FakeStation[]> Sets { get; } = [];

    /// <summary>Every look at the ports: the target and the connections.</summary>
    public List<(string Target, int Connections)> Ports { get; } = [];

    public byte[]? UntimedCores => null;

    public Task<IMeasuredServer> StartServerAsync(IReadOnlyList<string> targets, CancellationToken cancellationToken) =>
        Task.FromResult<IMeasuredServer>(new FakeServer(targets));

    public Task<StationSet> StartStationsAsync(int count, Random random)
    {
        FakeStation[] stations = [.. Enumerable.Range(0, count).Select(station)];
        Sets.Add(stations);
        return StationSet.StartAsync(count, place => stations[place], random);
    }

    public Task EnsurePortsAsync(string target, int port, int connections, CancellationToken cancellationToken)
    {
        Ports.Add((target, connections));
        return Task.CompletedTask;
    }

    private sealed class FakeServer(IReadOnlyList<string> targets) : IMeasuredServer
    {
        public ServerReady Ready { get; } = new(targets.ToDictionary(id => id, id => new Uri($"http://{id}:1/")), ControlPort: 1, "no authority");

        public void ThrowIfEnded()
        {
        }

        public Task<T> WhileServingAsync<T>(Func<Task<T>> work) => work();

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
