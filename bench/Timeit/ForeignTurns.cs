using ConnectionReuse.Connections;
using ConnectionReuse.Measuring;

namespace ConnectionReuse.Bench.Timeit;

/// <summary>
/// The turns on somebody else's server, which closes a connection that idles, as .NET does a second before it is told. One set
/// follows the other, and the blocks of its clients are cut into pieces of as many calls each, so short that no client waits
/// longer for its next call than either end keeps its connection, as far as the server announces that, and, once a request cap is
/// known, none ends in a timed call. What was cut is put together again: all that is timed counts. Where the user asks for a pause
/// before each call, no client waits for another besides: its block is one piece.
/// </summary>
/// <param name="plan">What to do.</param>
/// <param name="index">The target's place in the plan.</param>
/// <param name="target">The target.</param>
/// <param name="stations">A station for each set.</param>
/// <param name="ensurePorts">Returns when so many connections to a target can be opened.</param>
/// <param name="tell">Told what happens.</param>
internal sealed class ForeignTurns(
    TimeitPlan plan, int index, TimeitTarget target, IReadOnlyList<Station> stations, Func<TimeitTarget, int, CancellationToken, Task> ensurePorts, Action<TimeitEvent> tell)
{
    private readonly RequestCap _cap = new();
    private readonly IdleTime _idle = new();
    private readonly bool _pauses = target.Request?.Pause > TimeSpan.Zero;

    /// <summary>Lets the clients of each set take their turns.</summary>
    /// <returns>False when a call failed: then the target is left alone.</returns>
    /// <exception cref="IOException">A station is gone or silent, or ports do not come free.</exception>
    public async Task<bool> TakeAsync(Random random, CancellationToken cancellationToken)
    {
        for (var turn = 1; turn <= plan.Repeat; turn++)
        {
            var sets = Enumerable.Range(0, plan.Sets).ToArray();
            random.Shuffle(sets);
            foreach (var set in sets)
            {
                var rows = target.Rows.ToArray();
                random.Shuffle(rows);
                foreach (var row in rows)
                {
                    await ensurePorts(target, plan.ConnectionsOfATurn(target, row.Pattern), cancellationToken);
                }

                if (!await TakeAsync(set, turn, rows, cancellationToken))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private async Task<bool> TakeAsync(int set, int turn, StationRow[] rows, CancellationToken cancellationToken)
    {
        var turns = rows.Select(row => new CutBlock(row, Begun(row))).ToList();
        while (turns.Count > 0)
        {
            var group = new List<CutBlock>();
            var seconds = 0.0;
            while (turns.Count > 0 && (group.Count == 0 || (!_pauses && seconds < _idle.MostSecondsOfARound)))
            {
                // Opens again, untimed, what was closed while others were timed, and tells how long a call takes.
                var (failed, lead) = await TryAsync(turns[0], set, calls: 1, cancellationToken);
                if (failed)
                {
                    return false;
                }

                _cap.Learn(set, turns[0].Row, lead!);
                _idle.Learn(lead!);
                turns[0].SecondsPerCall = lead!.Seconds;
                seconds += lead.Seconds;
                group.Add(turns[0]);
                turns.RemoveAt(0);
            }

            if (!await InterleaveAsync(group, set, cancellationToken))
            {
                return false;
            }
        }

        return true;

        TimeitEvent Begun(StationRow row) => new() { Target = index, Client = row.Client, Round = set + 1, Turn = turn };
    }

    private async Task<bool> InterleaveAsync(List<CutBlock> group, int set, CancellationToken cancellationToken)
    {
        for (var made = 0; made < plan.Requests;)
        {
            foreach (var block in group)
            {
                if (!await RenewAsync(block, set, cancellationToken))
                {
                    return false;
                }
            }

            var left = Math.Min(plan.Requests, group.Min(block => _cap.LeftOf(set, block.Row)));
            var round = _pauses ? plan.Requests : _idle.SecondsOfARound / group.Sum(block => block.SecondsPerCall);
            var calls = Math.Clamp((int)Math.Min(left, round), 1, plan.Requests - made);
            foreach (var block in group)
            {
                tell(block.Begun with { Share = (double)calls / plan.Requests });
                var (failed, piece) = await TryAsync(block, set, calls, cancellationToken);
                if (failed)
                {
                    return false;
                }

                _cap.Learn(set, block.Row, piece!);
                block.Add(piece!);
            }

            made += calls;
        }

        foreach (var block in group)
        {
            tell(block.Ended(target.Id));
        }

        return true;
    }

    // A connection that has carried what it may is followed by the next one, untimed. False when a call failed.
    private async Task<bool> RenewAsync(CutBlock block, int set, CancellationToken cancellationToken)
    {
        for (var made = 0; _cap.LeftOf(set, block.Row) == 0; made++)
        {
            if (made == RequestCap.CallsToRenew)
            {
                _cap.Forget();
                break;
            }

            var (failed, call) = await TryAsync(block, set, calls: 1, cancellationToken);
            if (failed)
            {
                return false;
            }

            _cap.Learn(set, block.Row, call!);
            if (call!.Counts.Opened > 0)
            {
                block.Renewed(_cap.Known!.Value);
            }
        }

        return true;
    }

    private async Task<(bool Failed, CountedBlock? Counted)> TryAsync(CutBlock block, int set, int calls, CancellationToken cancellationToken)
    {
        try
        {
            return (false, await stations[set].CountAsync(block.Row, lead: 0, calls, cancellationToken));
        }
        catch (FailedAnswerException e)
        {
            tell(block.Begun with { Report = new LaunchReport { Target = target.Id, Client = block.Row.Client, Iterations = [], Failures = 1, Reason = e.Reason } });
            return (true, null);
        }
    }
}
