using ConnectionReuse.Measuring;
using ConnectionReuse.Reporting.Statistics;
using ConnectionReuse.Results;
using ConnectionReuse.Servers;

namespace ConnectionReuse.Bench.Checks;

/// <summary>
/// What counting costs: the same calls with and without it take turns. With it they go to a counted server while the client's
/// listeners are on, without it to an uncounted one while they are off. Both are held by one process, set by set, so that what
/// differs between processes is no part of the ratio.
/// </summary>
/// <param name="host">Starts the processes.</param>
/// <param name="time">Ends the turns.</param>
internal sealed class CountingCost(IMeasuringHost host, TimeProvider time)
{
    /// <summary>Counting may change a time by so much, as a share of it.</summary>
    public const double Limit = 0.01;

    // More sets than an interval needs: one whose code or memory lies badly is then one of many.
    private const int Sets = 8;

    private const int ConnectionsOfASet = 15_000; // as many as the gate's sets open in about the same time

    private static readonly string[] Controls = [TargetIds.KestrelHttp, TargetIds.KestrelHttps];
    private static readonly string[] Clients = ["fresh", "shared"];

    /// <summary>The plan: every row with counting and without.</summary>
    /// <param name="lengthOfARow">How long each row is measured, over all sets.</param>
    /// <param name="seed">Decides every order.</param>
    public static Plan PlanOf(TimeSpan lengthOfARow, int seed) => new()
    {
        Stations = ["with and without"],
        Rows = [.. from target in Controls from client in Clients from row in (StationRow[])[new(target, client), Without(new(target, client))] select row],
        Sets = Sets,
        Seed = seed,
        Budget = lengthOfARow * (Controls.Length * Clients.Length),
    };

    /// <summary>The time with counting over the time without, for each row: the interval over the sets.</summary>
    /// <param name="plan">The plan, as <see cref="PlanOf"/> makes it.</param>
    /// <param name="progress">Told which set runs.</param>
    /// <param name="cancellationToken">Ends the measurement.</param>
    /// <exception cref="IOException">A process is gone or silent.</exception>
    public async Task<IReadOnlyList<Verdict>> MeasureAsync(Plan plan, Action<string> progress, CancellationToken cancellationToken)
    {
        await using var server = await host.StartServerAsync(plan.Targets, cancellationToken);
        return await server.WhileServingAsync(() => MeasureAsync(plan, server, progress, cancellationToken));
    }

    private async Task<IReadOnlyList<Verdict>> MeasureAsync(Plan plan, IMeasuredServer server, Action<string> progress, CancellationToken cancellationToken)
    {
        var counted = plan.Rows.Where(row => Controls.Contains(row.Target)).ToArray();
        var ratios = counted.ToDictionary(row => row, _ => new List<double>());
        var random = new Random(plan.Seed);
        for (var set = 1; set <= plan.Sets; set++)
        {
            progress($"set {set} of {plan.Sets}");
            foreach (var target in plan.Targets)
            {
                await host.EnsurePortsAsync(target, server.Ready.Targets[target].Port, ConnectionsOfASet, cancellationToken);
            }

            await using var stations = await host.StartStationsAsync(plan.Stations.Count, random);
            await stations.WarmAsync(
                _ => new StationSetup { Targets = StationSetup.Local(server.Ready, plan.Targets), Rows = plan.Rows, UntimedCores = host.UntimedCores, Listening = Controls },
                cancellationToken);
            foreach (var row in counted)
            {
                var length = plan.Budget!.Value / plan.Sets / counted.Length;
                ratios[row].Add((await TwoSides.MeasureAsync((stations.Stations[0], row), (stations.Stations[0], Without(row)), random, length, time, cancellationToken)).Ratio);
            }

            server.ThrowIfEnded();
        }

        return [.. counted.Select(row => new Verdict(row.ToString(), HodgesLehmann.OfRatios(ratios[row])!, Limit))];
    }

    private static StationRow Without(StationRow row) => row with { Target = row.Target + LocalServers.Uncounted };
}
