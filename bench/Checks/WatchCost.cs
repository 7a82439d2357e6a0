using System.Globalization;
using ConnectionReuse.Measuring;
using ConnectionReuse.Reporting.Statistics;

namespace ConnectionReuse.Bench.Checks;

/// <summary>
/// What it costs an application to be watched: two equal processes take turns, first on their own, then with one of them watched
/// over its diagnostic port. What differs between two processes is in both ratios, and so in none of their quotient.
/// </summary>
/// <param name="host">Starts the processes.</param>
/// <param name="watch">Watches a process while work is done.</param>
/// <param name="time">Ends the turns.</param>
internal sealed class WatchCost(IMeasuringHost host, Func<int, Func<Task>, CancellationToken, Task<WatchTally>> watch, TimeProvider time)
{
    /// <summary>What watching may add to a call, in seconds: 1 % of one that takes 10 ms, as calls over a network do.</summary>
    public const double Limit = 100e-6;

    private const int Halves = 2;

    /// <summary>The plan: the same rows for both processes.</summary>
    /// <param name="lengthOfARow">How long each row is measured, over all sets.</param>
    /// <param name="seed">Decides every order.</param>
    public static Plan PlanOf(TimeSpan lengthOfARow, int seed) => ControlSets.PlanOf(["watched", "alone"], ControlSets.Rows, lengthOfARow, seed);

    /// <summary>What watching adds to a call, for each row: the interval over the sets.</summary>
    /// <param name="plan">The plan, as <see cref="PlanOf"/> makes it.</param>
    /// <param name="progress">Told which set runs.</param>
    /// <param name="cancellationToken">Ends the measurement.</param>
    /// <exception cref="IOException">A process is gone or silent, or the watched one made calls that were not seen.</exception>
    public async Task<IReadOnlyList<WatchCostVerdict>> MeasureAsync(Plan plan, Action<string> progress, CancellationToken cancellationToken)
    {
        var ratios = ControlSets.Rows.ToDictionary(row => row, _ => new List<double>());
        var seconds = ControlSets.Rows.ToDictionary(row => row, _ => new List<double>());
        await new ControlSets(host).RunAsync(plan, [], async (stations, random, length) =>
        {
            var before = await SidesAsync(stations, random, length / Halves, cancellationToken);
            IReadOnlyDictionary<StationRow, TwoSides> during = before;
            var tally = await watch(stations.ProcessIds[0], async () => during = await SidesAsync(stations, random, length / Halves, cancellationToken), cancellationToken);
            if (tally.Calls == 0 || tally.Lost > 0)
            {
                throw new IOException($"{tally.Calls} calls were seen and {tally.Lost} events were lost: what watching costs cannot be told from that");
            }

            foreach (var row in ControlSets.Rows)
            {
                ratios[row].Add(during[row].Ratio / before[row].Ratio);
                seconds[row].Add(before[row].SecondsPerCall);
            }
        }, progress, cancellationToken);

        return [.. ControlSets.Rows.Select(row => new WatchCostVerdict(row.ToString(), HodgesLehmann.OfRatios(ratios[row])!, Samples.Median(seconds[row]), Limit))];
    }

    private async Task<IReadOnlyDictionary<StationRow, TwoSides>> SidesAsync(StationSet stations, Random random, TimeSpan length, CancellationToken cancellationToken)
    {
        var sides = new Dictionary<StationRow, TwoSides>();
        foreach (var row in ControlSets.Rows)
        {
            sides[row] = await TwoSides.MeasureAsync((stations.Stations[0], row), (stations.Stations[1], row), random, length, time, cancellationToken);
        }

        return sides;
    }
}

/// <summary>What a watch saw.</summary>
/// <param name="Calls">Calls.</param>
/// <param name="Lost">Events that were dropped.</param>
internal sealed record WatchTally(int Calls, int Lost);

/// <summary>What watching adds to the calls of a row.</summary>
/// <param name="Name">The row.</param>
/// <param name="Ratio">The time with a watch over the time without, with its interval.</param>
/// <param name="SecondsPerCall">What a call takes without.</param>
/// <param name="Limit">What may be added to a call, in seconds.</param>
internal sealed record WatchCostVerdict(string Name, Interval Ratio, double SecondsPerCall, double Limit)
{
    /// <summary>Whether the whole interval keeps the limit.</summary>
    public bool Holds => Added(Ratio.High) < Limit;

    /// <summary>The verdict in one line.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Name,-24} {Microseconds(Ratio.Value)} us a call ({Microseconds(Ratio.Low)} to {Microseconds(Ratio.High)}) beside {SecondsPerCall * 1e6:0.0}, limit {Limit * 1e6:0}: {Word}");

    private string Word => Holds ? "ok" : Added(Ratio.Low) > Limit ? "beyond the limit" : "interval reaches beyond the limit";

    private double Added(double ratio) => (ratio - 1) * SecondsPerCall;

    private string Microseconds(double ratio) => (Added(ratio) * 1e6).ToString("+0.0;-0.0;0.0", CultureInfo.InvariantCulture);
}
