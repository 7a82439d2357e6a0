namespace ConnectionReuse.Measuring;

/// <summary>Stations that live at the same time, warm before the first turn of any.</summary>
internal sealed class StationSet : IAsyncDisposable
{
    private readonly IRunningStation[] _running;

    private StationSet(IRunningStation[] running)
    {
        _running = running;
        Stations = [.. running.Select(station => station.Station)];
    }

    /// <summary>The stations, in the order of their names.</summary>
    public IReadOnlyList<Station> Stations { get; }

    /// <summary>The numbers of their processes, in the same order.</summary>
    public IReadOnlyList<int> ProcessIds => [.. _running.Select(station => station.ProcessId)];

    /// <summary>The commits that they say they are; empty before they have greeted.</summary>
    public IReadOnlyList<string> Commits { get; private set; } = [];

    /// <summary>Starts the stations, in another order each time: memory is laid out differently for who comes first.</summary>
    /// <param name="count">How many.</param>
    /// <param name="start">Starts one, by its place.</param>
    /// <param name="random">Decides the order.</param>
    public static async Task<StationSet> StartAsync(int count, Func<int, IRunningStation> start, Random random)
    {
        var order = Enumerable.Range(0, count).ToArray();
        random.Shuffle(order);
        var running = new IRunningStation[count];
        var begun = 0;
        try
        {
            for (; begun < count; begun++)
            {
                running[order[begun]] = start(order[begun]);
            }

            return new StationSet(running);
        }
        catch (IOException)
        {
            foreach (var place in order[..begun])
            {
                await running[place].DisposeAsync();
            }

            throw;
        }
    }

    /// <summary>Greets all and has all compile what they will run, side by side: when this ends, nobody compiles any more.</summary>
    /// <param name="setup">What each is told, by its place.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="IOException">A station is gone, silent, or of another version.</exception>
    public async Task WarmAsync(Func<int, StationSetup> setup, CancellationToken cancellationToken)
    {
        Commits = await Task.WhenAll(Stations.Select((station, place) => station.GreetAsync(setup(place), cancellationToken)));
        await Task.WhenAll(Stations.Select(station => station.WarmAsync(cancellationToken)));
    }

    /// <summary>Ends them all.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var station in _running)
        {
            await station.DisposeAsync();
        }
    }
}
