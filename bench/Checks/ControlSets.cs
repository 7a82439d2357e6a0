using ConnectionReuse.Measuring;
using ConnectionReuse.Results;

namespace ConnectionReuse.Bench.Checks;

/// <summary>Sets of fresh processes that call the controls, one set after the other: how a check measures what is small.</summary>
/// <param name="host">Starts the processes.</param>
internal sealed class ControlSets(IMeasuringHost host)
{
    // More sets than an interval needs: one whose code or memory lies badly is then one of many.
    private const int Sets = 8;

    private const int ConnectionsOfAStation = 15_000; // as many as the gate's sets open in about the same time

    private static readonly string[] Clients = [ClientIds.Fresh, ClientIds.Shared];

    /// <summary>The controls' ids.</summary>
    public static IReadOnlyList<string> Targets { get; } = [TargetIds.KestrelHttp, TargetIds.KestrelHttps];

    /// <summary>The rows whose figure is asked for.</summary>
    public static IReadOnlyList<StationRow> Rows { get; } = [.. from target in Targets from client in Clients select new StationRow(target, client)];

    /// <summary>A plan for them.</summary>
    /// <param name="stations">The processes of a set.</param>
    /// <param name="rows">What each of them holds.</param>
    /// <param name="lengthOfARow">How long each of <see cref="Rows"/> is measured, over all sets.</param>
    /// <param name="seed">Decides every order.</param>
    public static Plan PlanOf(IReadOnlyList<string> stations, IReadOnlyList<StationRow> rows, TimeSpan lengthOfARow, int seed) => new()
    {
        Stations = stations,
        Rows = rows,
        Sets = Sets,
        Seed = seed,
        Budget = lengthOfARow * Rows.Count,
    };

    /// <summary>Runs the sets of a plan, each warm before it is measured.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="listening">The targets whose calls the processes listen to.</param>
    /// <param name="measure">Measures a set, given how long each of <see cref="Rows"/> may take in it.</param>
    /// <param name="progress">Told which set runs.</param>
    /// <param name="cancellationToken">Ends the measurement.</param>
    /// <exception cref="IOException">A process is gone or silent.</exception>
    public async Task RunAsync(Plan plan, IReadOnlyList<string> listening, Func<StationSet, Random, TimeSpan, Task> measure, Action<string> progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(measure);
        ArgumentNullException.ThrowIfNull(progress);
        await using var server = await host.StartServerAsync(plan.Targets, cancellationToken);
        await server.WhileServingAsync(async () =>
        {
            var random = new Random(plan.Seed);
            for (var set = 1; set <= plan.Sets; set++)
            {
                progress($"set {set} of {plan.Sets}");
                foreach (var target in plan.Targets)
                {
                    await host.EnsurePortsAsync(target, server.Ready.Targets[target].Port, ConnectionsOfAStation * plan.Stations.Count, cancellationToken);
                }

                await using var stations = await host.StartStationsAsync(plan.Stations.Count, random);
                await stations.WarmAsync(
                    _ => new StationSetup { Targets = StationSetup.Local(server.Ready, plan.Targets), Rows = plan.Rows, UntimedCores = host.UntimedCores, Listening = listening },
                    cancellationToken);
                await measure(stations, random, plan.Budget!.Value / plan.Sets / Rows.Count);
                server.ThrowIfEnded();
            }

            return plan.Sets;
        });
    }
}
