using ConnectionReuse.Turns;

namespace ConnectionReuse.Measuring;

/// <summary>How many calls of a row make a turn.</summary>
/// <param name="SecondsPerCall">What a call takes, about.</param>
internal sealed record TurnSize(double SecondsPerCall)
{
    private const int MostCalls = 1000;
    private const int SizingCalls = 20;
    private const int SizingBatches = 3; // of each station

    // Shorter ones lower the noise, but the caches that another station left must be refilled first.
    private const double SecondsOfATurn = 0.004;

    /// <summary>Calls that are timed.</summary>
    public int Calls => Math.Clamp((int)(SecondsOfATurn / SecondsPerCall), 2, MostCalls);

    /// <summary>Calls before them that are not: the caches are another one's.</summary>
    public int Lead => LeadIn.Of(Calls);

    /// <summary>The size by what a call takes now: the middle of some batches, as many from each station, or one would be the warmer for it.</summary>
    /// <exception cref="IOException">A station is gone.</exception>
    public static async Task<TurnSize> OfAsync(IReadOnlyList<Station> stations, StationRow row, CancellationToken cancellationToken) =>
        new(await MiddleAsync(stations, row, lead: 1, SizingCalls, cancellationToken));

    /// <summary>What a call takes in turns of this size, in seconds: less than in short batches, which meet colder caches.</summary>
    /// <exception cref="IOException">A station is gone.</exception>
    public Task<double> SecondsPerCallInTurnAsync(IReadOnlyList<Station> stations, StationRow row, CancellationToken cancellationToken) =>
        MiddleAsync(stations, row, Lead, Calls, cancellationToken);

    private static async Task<double> MiddleAsync(IReadOnlyList<Station> stations, StationRow row, int lead, int calls, CancellationToken cancellationToken)
    {
        var batches = new List<double>();
        for (var i = 0; i < SizingBatches; i++)
        {
            foreach (var station in stations)
            {
                batches.Add((await station.RunAsync(row, lead, calls, cancellationToken)).SecondsPerCall);
            }
        }

        return batches.Order().ElementAt(batches.Count / 2);
    }
}

/// <summary>A row of a station that takes turns with others.</summary>
/// <param name="station">Who makes the calls.</param>
/// <param name="row">The row.</param>
/// <param name="size">How many calls.</param>
internal sealed class RowTurns(Station station, StationRow row, TurnSize size) : ITurnTaker<TimedBlock>
{
    /// <inheritdoc/>
    public Task<TimedBlock> TakeTurnAsync(CancellationToken cancellationToken) => station.RunAsync(row, size.Lead, size.Calls, cancellationToken);
}
