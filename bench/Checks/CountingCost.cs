using ConnectionReuse.Measuring;
using ConnectionReuse.Reporting.Statistics;
using ConnectionReuse.Servers;

namespace ConnectionReuse.Bench.Checks;

/// <summary>
/// What counting costs, and timing each call: the same calls with and without it take turns. With it they go to a counted server
/// while the client's listeners are on and each call is timed, without it to an uncounted one while they are off and the clock is
/// read before the first call and after the last. Both are held by one process, set by set, so that what
/// differs between processes is no part of the ratio.
/// </summary>
/// <param name="host">Starts the processes.</param>
/// <param name="time">Ends the turns.</param>
internal sealed class CountingCost(IMeasuringHost host, TimeProvider time)
{
    /// <summary>Counting may change a time by so much, as a share of it.</summary>
    public const double Limit = 0.01;

    /// <summary>The plan: every row with counting and without.</summary>
    /// <param name="lengthOfARow">How long each row is measured, over all sets.</param>
    /// <param name="seed">Decides every order.</param>
    public static Plan PlanOf(TimeSpan lengthOfARow, int seed) =>
        ControlSets.PlanOf(["with and without"], [.. ControlSets.Rows.SelectMany(row => (StationRow[])[row, Without(row)])], lengthOfARow, seed);

    /// <summary>The time with counting over the time without, for each row: the interval over the sets.</summary>
    /// <param name="plan">The plan, as <see cref="PlanOf"/> makes it.</param>
    /// <param name="progress">Told which set runs.</param>
    /// <param name="cancellationToken">Ends the measurement.</param>
    /// <exception cref="IOException">A process is gone or silent.</exception>
    public async Task<IReadOnlyList<Verdict>> MeasureAsync(Plan plan, Action<string> progress, CancellationToken cancellationToken)
    {
        var ratios = ControlSets.Rows.ToDictionary(row => row, _ => new List<double>());
        await new ControlSets(host).RunAsync(plan, ControlSets.Targets, async (stations, random, length) =>
        {
            var station = stations.Stations[0];
            foreach (var row in ControlSets.Rows)
            {
                ratios[row].Add((await TwoSides.MeasureAsync((station, row), (station, Without(row)), random, length, time, cancellationToken)).Ratio);
            }
        }, progress, cancellationToken);

        return [.. ControlSets.Rows.Select(row => new Verdict(row.ToString(), HodgesLehmann.OfRatios(ratios[row])!, Limit))];
    }

    private static StationRow Without(StationRow row) => row with { Target = row.Target + LocalServers.Uncounted };
}
