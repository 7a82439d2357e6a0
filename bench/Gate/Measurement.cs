using System.Text.Json;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Connections;
using ConnectionReuse.Reporting.Gate;
using ConnectionReuse.Servers;

namespace ConnectionReuse.Bench.Gate;

/// <summary>What to measure, and how long.</summary>
public sealed record MeasurementPlan
{
    /// <summary>Pairs of fresh processes.</summary>
    public required int Pairs { get; init; }

    /// <summary>How long all pairs may take together; null to count only.</summary>
    public required TimeSpan? Budget { get; init; }

    /// <summary>The rows.</summary>
    public IReadOnlyList<GateKey> Keys { get; init; } = GateKey.Default;

    /// <summary>Whether every client pattern of head is counted too.</summary>
    public bool EveryPattern { get; init; }

    /// <summary>What to break in head; null for nothing.</summary>
    public Mutation? Mutation { get; init; }

    /// <summary>What share of base's time head works more in each call.</summary>
    public double Slowdown { get; init; }
}

/// <summary>Base, control and head measured against one server, pair of processes by pair of processes.</summary>
/// <param name="folders">The published builds: base, control, head.</param>
/// <param name="plan">What to measure.</param>
/// <param name="progress">Told what goes on.</param>
/// <param name="time">Measures the budget.</param>
public sealed class Measurement(IReadOnlyList<string> folders, MeasurementPlan plan, Action<string> progress, TimeProvider time)
{
    /// <summary>The arms' names.</summary>
    public static IReadOnlyList<string> Arms { get; } = ["base", "control", "head"];

    /// <summary>A pair takes so long at least: three processes start, compile, are timed and counted.</summary>
    public static readonly TimeSpan ShortestPair = TimeSpan.FromSeconds(6);

    private const int CountedCalls = 50;

    /// <summary>Pairs that are counted at most: counts are exact, so these tell them, and the others have the time for their batches.</summary>
    public const int CountedPairs = 6;

    // An estimate on the high side, not a count: a few seconds of calls at 0.2 ms and more, and the warm-up of three processes.
    private const int ConnectionsOfAPair = 15_000;

    private static readonly TimeSpan ShortestRow = TimeSpan.FromMilliseconds(250);

    private readonly DriverCores _cores = new();
    private TimeSpan _counting = TimeSpan.FromSeconds(1);

    /// <summary>The commits that base and head say they are; null before the first pair.</summary>
    public (string Base, string Head)? Commits { get; private set; }

    /// <summary>One pass over some rows.</summary>
    /// <exception cref="IOException">The server or a client is gone, silent, or of another version.</exception>
    public async Task<GatePass> RunAsync(int seed, IReadOnlyList<GateKey> keys, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(keys);
        var random = new Random(seed);
        var times = keys.ToDictionary(key => key, _ => new List<PairSamples>());
        var counts = keys.ToDictionary(key => key, _ => new List<PairCounts>());
        await using var server = await StartServerAsync(cancellationToken);
        var start = time.GetTimestamp();
        for (var pair = 1; pair <= plan.Pairs; pair++)
        {
            progress($"pair {pair} of {plan.Pairs}");
            await EnsurePortsAsync(server.Ready, keys, cancellationToken);
            var begin = time.GetTimestamp();
            var clients = Start(random);
            try
            {
                var left = plan.Budget is { } budget ? (budget * pair / plan.Pairs) - time.GetElapsedTime(start) : (TimeSpan?)null;
                Arm[] arms = [.. clients.Select(client => client.Arm)];
                await WarmAsync(arms, server.Ready, cancellationToken);
                var counted = pair <= CountedPairs;
                if (left is { } length)
                {
                    await TimeAsync(arms, keys, random, length - (counted ? _counting : TimeSpan.Zero) - time.GetElapsedTime(begin), times, cancellationToken);
                }

                if (counted)
                {
                    await CountAsync(arms, keys, counts, cancellationToken);
                }

                server.ThrowIfEnded();
            }
            finally
            {
                foreach (var client in clients)
                {
                    client.Dispose();
                }
            }
        }

        return new GatePass(
            seed,
            plan.Budget is null ? [] : [.. keys.Select(key => new RowSamples(key.Target, key.Client, times[key]))],
            [.. keys.Select(key => new RowCounts(key.Target, key.Client, counts[key]))]);
    }

    private Task<ServerProcess> StartServerAsync(CancellationToken cancellationToken) => _cores.OnLast(() =>
        ServerProcess.StartAsync(GateRuntime.Under(Self.Start(["server", .. plan.Keys.Select(key => key.Target).Distinct()])), cancellationToken));

    private async Task EnsurePortsAsync(ServerReady server, IReadOnlyList<GateKey> keys, CancellationToken cancellationToken)
    {
        foreach (var target in keys.Select(key => key.Target).Distinct())
        {
            await PortBudget.EnsureAsync(
                server.Targets[target].Port,
                ConnectionsOfAPair,
                time,
                left => progress($"waiting {left.TotalSeconds:0} s for free ports towards {target}"),
                cancellationToken);
        }
    }

    // In another order each time: memory is laid out differently for who comes first.
    private ClientProcess[] Start(Random random)
    {
        var order = Enumerable.Range(0, Arms.Count).ToArray();
        random.Shuffle(order);
        return _cores.OnLast(() =>
        {
            var clients = new ClientProcess[Arms.Count];
            foreach (var arm in order)
            {
                clients[arm] = ClientProcess.Start(Arms[arm], folders[arm], time);
            }

            return clients;
        });
    }

    private async Task WarmAsync(Arm[] arms, ServerReady ready, CancellationToken cancellationToken)
    {
        var commits = await Task.WhenAll(arms.Select((arm, index) => arm.GreetAsync(Setup(ready, index), cancellationToken)));
        Commits = (commits[0], commits[2]);
        await Task.WhenAll(arms.Select(arm => arm.WarmAsync(cancellationToken)));
    }

    private async Task TimeAsync(
        Arm[] arms, IReadOnlyList<GateKey> keys, Random random, TimeSpan length, Dictionary<GateKey, List<PairSamples>> times, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        var lockStep = new LockStep(arms, time);
        var order = new RoundOrder(random);
        var shuffled = keys.ToArray();
        random.Shuffle(shuffled);
        for (var i = 0; i < shuffled.Length; i++)
        {
            var key = shuffled[i];
            var size = await lockStep.SizeAsync(key, cancellationToken);
            if (plan.Slowdown > 0)
            {
                await lockStep.Head.SlowAsync(key, plan.Slowdown * size, cancellationToken);
            }

            var share = (length - time.GetElapsedTime(start)) / (shuffled.Length - i);
            times[key].Add(await lockStep.MeasureAsync(key, size, order, share > ShortestRow ? share : ShortestRow, cancellationToken));
        }
    }

    private async Task CountAsync(Arm[] arms, IReadOnlyList<GateKey> keys, Dictionary<GateKey, List<PairCounts>> counts, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        var lockStep = new LockStep(arms, time);
        foreach (var key in keys)
        {
            counts[key].Add(await lockStep.CountAsync(key, CountedCalls, cancellationToken));
        }

        _counting = time.GetElapsedTime(start);
    }

    private string Setup(ServerReady ready, int arm) => JsonSerializer.Serialize(
        new GateSetup(ready, _cores.All, arm == Arms.Count - 1 ? plan.Mutation : null, plan.Keys), GateSetupJson.Default.GateSetup);
}
