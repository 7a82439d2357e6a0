using ConnectionReuse.Measuring;
using ConnectionReuse.Results;
using ConnectionReuse.Servers;
using ConnectionReuse.Turns;

namespace ConnectionReuse.Bench.Gate;

/// <summary>Base, control and head measured against one server, one set of fresh processes after the other.</summary>
/// <param name="host">Starts the processes.</param>
/// <param name="change">What is done to head on purpose.</param>
/// <param name="progress">Told what goes on.</param>
/// <param name="time">Measures the budget.</param>
internal sealed class GateMeasurement(IMeasuringHost host, HeadChange change, Action<string> progress, TimeProvider time)
{
    /// <summary>The builds, by the names of their stations.</summary>
    public static IReadOnlyList<string> Builds { get; } = ["base", "control", "head"];

    /// <summary>A set takes so long at least: three processes start, compile, are timed and counted.</summary>
    public static readonly TimeSpan ShortestSet = TimeSpan.FromSeconds(6);

    private const int Head = 2;
    private const int CountedCalls = 50;
    private const int CountsOfARow = 2;

    // An estimate on the high side, not a count: a few seconds of calls at 0.2 ms and more, and the warm-up of three processes.
    private const int ConnectionsOfASet = 15_000;

    private static readonly TimeSpan ShortestRow = TimeSpan.FromMilliseconds(250);

    private TimeSpan _counting = TimeSpan.FromSeconds(1);

    /// <summary>The client patterns of all builds.</summary>
    public GuardedPatterns Patterns { get; init; } = GuardedPatterns.Own;

    /// <summary>The folders of the builds, in their order; needed where patterns come from an assembly in them.</summary>
    public IReadOnlyList<string> Folders { get; init; } = [];

    /// <summary>The commits that base and head say they are; null before the first set.</summary>
    public (string Base, string Head)? Commits { get; private set; }

    /// <summary>One pass over the plan.</summary>
    /// <exception cref="IOException">The server or a station is gone, silent, or of another version.</exception>
    public async Task<GatePass> RunAsync(Plan plan, CancellationToken cancellationToken)
    {
        await using var server = await host.StartServerAsync(plan.Targets, cancellationToken);
        return await server.WhileServingAsync(() => RunAsync(plan, server, cancellationToken));
    }

    private async Task<GatePass> RunAsync(Plan plan, IMeasuredServer server, CancellationToken cancellationToken)
    {
        var random = new Random(plan.Seed);
        var times = plan.Rows.ToDictionary(row => row, _ => new List<SetSamples>());
        var counts = plan.Rows.ToDictionary(row => row, _ => new List<SetCounts>());
        var start = time.GetTimestamp();
        for (var set = 1; set <= plan.Sets; set++)
        {
            progress($"set {set} of {plan.Sets}");
            foreach (var target in plan.Targets)
            {
                await host.EnsurePortsAsync(target, server.Ready.Targets[target].Port, ConnectionsOfASet, cancellationToken);
            }

            var end = plan.EndOf(set);
            await using var stations = await host.StartStationsAsync(Builds.Count, random);
            await stations.WarmAsync(station => Setup(server.Ready, plan, station), cancellationToken);
            Commits = (stations.Commits[0], stations.Commits[Head]);
            var counted = set <= plan.CountedSets;
            if (end is { } limit)
            {
                var length = limit - (counted ? _counting : TimeSpan.Zero) - time.GetElapsedTime(start);
                await TimeAsync(stations.Stations, plan.Rows, random, length, times, cancellationToken);
            }

            if (counted)
            {
                await CountAsync(stations.Stations, plan.Rows, counts, cancellationToken);
            }

            server.ThrowIfEnded();
        }

        return new GatePass(
            plan.Seed,
            plan.Budget is null ? [] : [.. plan.Rows.Select(row => new RowSamples(row.Target, row.Client, times[row]))],
            [.. plan.Rows.Select(row => new RowCounts(row.Target, row.Client, Patterns.Of(row).Declare(CountedCalls), counts[row]))]);
    }

    /// <summary>What the verdicts on counts need.</summary>
    public static Counts CountsOf(IReadOnlyCollection<Counts> counts)
    {
        // Of connections and handshakes the most that was seen, of bytes the least: what else the process allocates now and then is not the calls'.
        long Most(Func<Counts, long?> of) => counts.Max(of) ?? throw new IOException("a server of ours did not count");
        return new Counts
        {
            Requests = counts.First().Requests,
            Carrying = Most(count => count.Carrying),
            Opened = Most(count => count.Opened),
            Accepted = Most(count => count.Accepted),
            FullHandshakes = Most(count => count.FullHandshakes),
            ResumedHandshakes = Most(count => count.ResumedHandshakes),
            AllocatedBytes = counts.Min(count => count.AllocatedBytes),
        };
    }

    private StationSetup Setup(ServerReady ready, Plan plan, int station) => new()
    {
        Targets = StationSetup.Local(ready, plan.Targets),
        Rows = plan.Rows,
        Patterns = Patterns.File is null ? null : Patterns.In(Folders[station]),
        UntimedCores = host.UntimedCores,
        Mutation = station == Head ? change.Mutation : null,
    };

    private async Task TimeAsync(
        IReadOnlyList<Station> stations, IReadOnlyList<StationRow> rows, Random random, TimeSpan length, Dictionary<StationRow, List<SetSamples>> times, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        var order = new TurnOrder(stations.Count, random);
        var shuffled = rows.ToArray();
        random.Shuffle(shuffled);
        for (var i = 0; i < shuffled.Length; i++)
        {
            var row = shuffled[i];
            var size = await TurnSize.OfAsync(stations, row, cancellationToken);
            if (change.SlowdownOf(row) is var slowdown and > 0)
            {
                await stations[Head].SlowAsync(row, slowdown * await size.SecondsPerCallInTurnAsync(stations, row, cancellationToken), cancellationToken);
            }

            var begin = time.GetTimestamp();
            var share = (length - time.GetElapsedTime(start)) / (shuffled.Length - i);
            var turns = new TurnTaking<TimedBlock>([.. stations.Select(station => new RowTurns(station, row, size))], order);
            var cycles = await turns.BalancedCyclesAsync(() => time.GetElapsedTime(begin) < (share > ShortestRow ? share : ShortestRow), cancellationToken);
            times[row].Add(new SetSamples([.. cycles.Select(SecondsOf)]) { CallTimes = [.. stations.Index().Select(station => CallTimesOf(cycles, station.Index))] });
        }
    }

    private static CycleSeconds SecondsOf(IReadOnlyList<CycleTurns<TimedBlock>> cycle) => new(Mean(cycle[0]), Mean(cycle[1]), Mean(cycle[Head]));

    private static double Mean(CycleTurns<TimedBlock> turns) => Math.Sqrt(turns.There.SecondsPerCall * turns.Back.SecondsPerCall);

    private static CallTimes CallTimesOf(IReadOnlyList<IReadOnlyList<CycleTurns<TimedBlock>>> cycles, int station) =>
        CallTimes.Of(cycles.SelectMany(cycle => cycle[station].There.CallSeconds.Concat(cycle[station].Back.CallSeconds)))!;

    private async Task CountAsync(IReadOnlyList<Station> stations, IReadOnlyList<StationRow> rows, Dictionary<StationRow, List<SetCounts>> counts, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        foreach (var row in rows)
        {
            var counted = new List<Counts>();
            foreach (var station in stations)
            {
                counted.Add(await CountAsync(station, row, cancellationToken));
            }

            counts[row].Add(new SetCounts(counted[0], counted[1], counted[Head]));
        }

        _counting = time.GetElapsedTime(start);
    }

    // The first time compiles what counting needs.
    private static async Task<Counts> CountAsync(Station station, StationRow row, CancellationToken cancellationToken)
    {
        await station.CountAsync(row, lead: 0, CountedCalls, cancellationToken);
        var counts = new List<Counts>();
        for (var i = 0; i < CountsOfARow; i++)
        {
            counts.Add((await station.CountAsync(row, lead: 0, CountedCalls, cancellationToken)).Counts);
        }

        return CountsOf(counts);
    }
}
