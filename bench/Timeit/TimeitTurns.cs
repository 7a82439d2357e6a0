using ConnectionReuse.Connections;
using ConnectionReuse.Measuring;
using ConnectionReuse.Results;
using ConnectionReuse.Turns;

namespace ConnectionReuse.Bench.Timeit;

/// <summary>
/// Lets the clients of all sets take turns, target by target: drift of machine or network hits all alike, and what differs from
/// one process to the next is in the interval.
/// </summary>
/// <param name="plan">What to do.</param>
/// <param name="stations">A station for each set.</param>
/// <param name="untimedCores">The cores for what is not timed; null where nobody can choose.</param>
/// <param name="ensurePorts">Returns when so many connections to a target can be opened.</param>
/// <param name="tell">Told what happens.</param>
internal sealed class TimeitTurns(
    TimeitPlan plan, StationSet stations, byte[]? untimedCores, Func<TimeitTarget, int, CancellationToken, Task> ensurePorts, Action<TimeitEvent> tell)
{
    private const int PhaseBlocks = 3;

    /// <summary>Calls of a block on loopback that tell where the time goes.</summary>
    public const int PhaseCallsOnLoopback = 30;

    // The two that everything else is held against.
    private static readonly string[] PhasesOf = [ClientIds.Fresh, ClientIds.Shared];

    /// <summary>Calls over a network that tell where the time goes.</summary>
    public const int PhaseCallsOverNetwork = 10;

    private readonly Random _random = new(plan.Seed);
    private readonly Dictionary<string, string> _failures = []; // of first calls and of warm-ups, by target

    /// <summary>Makes all calls of the plan.</summary>
    /// <exception cref="IOException">A station is gone or silent, or ports do not come free.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var target in plan.Targets.Where(target => target.IsNear && target.Rows.Any()))
        {
            await ensurePorts(target, plan.WarmUpConnections, cancellationToken);
        }

        var setup = plan.Setup(untimedCores);
        await Task.WhenAll(stations.Stations.Select(station => station.GreetAsync(setup, cancellationToken)));
        await CallFirstAsync(cancellationToken);
        (int Index, TimeitTarget Target)[] called = [.. plan.Targets.Index().Where(indexed => indexed.Item.Rows.Any() && !_failures.ContainsKey(indexed.Item.Name))];
        var cold = plan.Targets.Select(_ => plan.Sets).ToArray();
        await Task.WhenAll(stations.Stations.Select(station => WarmAsync(station, called, cold, cancellationToken)));
        foreach (var (index, target) in plan.Targets.Index().Where(indexed => indexed.Item.Rows.Any()))
        {
            if ((_failures.GetValueOrDefault(target.Name) ?? await OpenAsync(target, cancellationToken)) is { } reason)
            {
                tell(new TimeitEvent { Target = index, Unreachable = reason });
            }
            else if (await (target.Server is null ? Foreign(index, target).TakeAsync(_random, cancellationToken) : TakeTurnsAsync(index, target, cancellationToken)) && plan.Phases)
            {
                await TellPhasesAsync(index, target, cancellationToken);
            }
        }
    }

    private ForeignTurns Foreign(int index, TimeitTarget target) => new(plan, index, target, stations.Stations, ensurePorts, tell);

    // One after the other, before anything is warm. A target that refuses is left alone.
    private async Task CallFirstAsync(CancellationToken cancellationToken)
    {
        var (index, target) = plan.Targets.Index().FirstOrDefault(indexed => indexed.Item.Server is null && indexed.Item.Rows.Any());
        if (!plan.FirstCalls || target?.Rows.FirstOrDefault(row => row.Client == ClientIds.Fresh) is not { } row)
        {
            return;
        }

        await ensurePorts(target, plan.Sets, cancellationToken);
        foreach (var (set, station) in stations.Stations.Index())
        {
            try
            {
                var seconds = await station.FirstAsync(row, cancellationToken);
                tell(new TimeitEvent { Target = index, Client = row.Client, Round = set + 1, FirstCallSeconds = seconds });
            }
            catch (FailedAnswerException e)
            {
                _failures[target.Name] = e.Reason;
                return;
            }
        }
    }

    // Cold: how many processes are not warm yet for each target.
    private async Task WarmAsync(Station station, IReadOnlyList<(int Index, TimeitTarget Target)> called, int[] cold, CancellationToken cancellationToken)
    {
        foreach (var (index, target) in called)
        {
            try
            {
                await station.WarmAsync(target.Name, cancellationToken);
            }
            catch (FailedAnswerException e)
            {
                lock (_failures)
                {
                    _failures.TryAdd(target.Name, e.Reason);
                }
            }

            if (Interlocked.Decrement(ref cold[index]) == 0)
            {
                tell(new TimeitEvent { Target = index, Warm = true });
            }
        }
    }

    // A reusing client opens its connection here, unless that is what is timed: then another client asks.
    private async Task<string?> OpenAsync(TimeitTarget target, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var station in stations.Stations)
            {
                await station.OpenAsync(target.Name, connect: !plan.ConnectIsTimed, cancellationToken);
            }

            return null;
        }
        catch (FailedAnswerException e)
        {
            return e.Reason;
        }
    }

    // False when a block failed: then the target is left alone.
    private async Task<bool> TakeTurnsAsync(int index, TimeitTarget target, CancellationToken cancellationToken)
    {
        (int Set, StationRow Row)[] takers = [.. from set in Enumerable.Range(0, plan.Sets) from row in target.Rows select (set, row)];
        var order = new TurnOrder(takers.Length, _random);
        var cycle = order.NextCycle();
        for (var turn = 1; turn <= plan.Repeat; turn++)
        {
            var there = turn % 2 == 1;
            cycle = there && turn > 1 ? order.NextCycle() : cycle;
            foreach (var (set, row) in cycle.Skip(there ? 0 : takers.Length).Take(takers.Length).Select(taker => takers[taker]))
            {
                var begun = new TimeitEvent { Target = index, Client = row.Client, Round = plan.ConnectIsTimed ? turn : set + 1, Turn = turn };
                tell(begun);
                await ensurePorts(target, plan.ConnectionsOfATurn(target, row.Pattern), cancellationToken);
                for (var block = 0; block < plan.BlocksOfATurn(target, row.Pattern); block++)
                {
                    var ended = await BlockAsync(begun, stations.Stations[set], target, row, cancellationToken);
                    tell(ended);
                    if (ended.Seconds is null)
                    {
                        return false;
                    }
                }
            }
        }

        return true;
    }

    private async Task<TimeitEvent> BlockAsync(TimeitEvent begun, Station station, TimeitTarget target, StationRow row, CancellationToken cancellationToken)
    {
        var report = new LaunchReport { Target = target.Id, Client = row.Client, Iterations = [] };
        try
        {
            var block = await station.CountAsync(row, plan.LeadOf(target), plan.Requests, cancellationToken);
            return begun with
            {
                Seconds = block.Seconds,
                Report = report with { Iterations = [new CountedIteration(block.Counts) { CallSeconds = block.CallSeconds }], HttpVersion = block.HttpVersion, TlsProtocol = block.TlsProtocol },
            };
        }
        catch (FailedAnswerException e)
        {
            return begun with { Report = report with { Failures = 1, Reason = e.Reason } };
        }
    }

    // By the first set alone: listening costs time, so these calls enter no comparison.
    private async Task TellPhasesAsync(int index, TimeitTarget target, CancellationToken cancellationToken)
    {
        var (blocks, calls) = target.IsNear ? (PhaseBlocks, PhaseCallsOnLoopback) : (1, PhaseCallsOverNetwork);
        foreach (var row in target.Rows.Where(row => PhasesOf.Contains(row.Client)))
        {
            var told = new TimeitEvent { Target = index, Client = row.Client };
            tell(told);
            try
            {
                tell(told with { Phases = await stations.Stations[0].PhasesAsync(row, blocks, warmUps: target.IsNear ? calls : 1, Math.Min(calls, plan.Requests), cancellationToken) });
            }
            catch (FailedAnswerException e)
            {
                tell(told with { NoPhases = e.Reason });
                return; // the times are complete, and a target that refuses is left alone
            }
        }
    }
}
