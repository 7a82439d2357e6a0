using ConnectionReuse.Servers;

namespace ConnectionReuse.Measuring;

/// <summary>Where a measurement gets its processes from, and what it may ask of the machine.</summary>
internal interface IMeasuringHost
{
    /// <summary>The cores for what is not timed; null where nobody can choose.</summary>
    byte[]? UntimedCores { get; }

    /// <summary>Starts a server on the core of what is timed.</summary>
    /// <exception cref="IOException">It did not get ready.</exception>
    Task<IMeasuredServer> StartServerAsync(IReadOnlyList<string> targets, CancellationToken cancellationToken);

    /// <summary>Starts stations on that core, each by its place.</summary>
    Task<StationSet> StartStationsAsync(int count, Random random);

    /// <summary>Returns when a set of processes can open its connections to a port.</summary>
    /// <exception cref="IOException">It will not be able to.</exception>
    Task EnsurePortsAsync(string target, int port, int connections, CancellationToken cancellationToken);
}

/// <summary>The server that all stations of a measurement call.</summary>
internal interface IMeasuredServer : IAsyncDisposable
{
    /// <summary>Where its targets are.</summary>
    ServerReady Ready { get; }

    /// <summary>Checks that it still runs.</summary>
    /// <exception cref="IOException">It has ended.</exception>
    void ThrowIfEnded();

    /// <summary>Runs what needs it; where that fails because it has ended, the failure says so.</summary>
    /// <exception cref="IOException">The work failed, or the server has ended.</exception>
    Task<T> WhileServingAsync<T>(Func<Task<T>> work);
}
