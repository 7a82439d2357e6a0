using ConnectionReuse.Measuring;
using ConnectionReuse.Reporting.Statistics;
using ConnectionReuse.Turns;

namespace ConnectionReuse.Bench.Checks;

/// <summary>Two rows that take turns on one core.</summary>
/// <param name="Ratio">The time of the one over that of the other, each with its neighbour in time.</param>
/// <param name="SecondsPerCall">What a call of the other takes.</param>
internal sealed record TwoSides(double Ratio, double SecondsPerCall)
{
    /// <summary>Lets them take turns for a while.</summary>
    /// <exception cref="IOException">A station is gone or silent.</exception>
    public static async Task<TwoSides> MeasureAsync(
        (Station Station, StationRow Row) one, (Station Station, StationRow Row) other, Random random, TimeSpan length, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(time);
        var size = await TurnSize.OfAsync([other.Station], other.Row, cancellationToken);
        var turns = new TurnTaking<TimedBlock>([new RowTurns(one.Station, one.Row, size), new RowTurns(other.Station, other.Row, size)], new TurnOrder(2, random));
        var start = time.GetTimestamp();
        var cycles = await turns.BalancedCyclesAsync(() => time.GetElapsedTime(start) < length, cancellationToken);
        return new TwoSides(Samples.Median(cycles.Select(cycle => Mean(cycle[0]) / Mean(cycle[1]))), Samples.Median(cycles.Select(cycle => Mean(cycle[1]))));

        static double Mean(CycleTurns<TimedBlock> turns) => Math.Sqrt(turns.There.SecondsPerCall * turns.Back.SecondsPerCall);
    }
}
