using System.Diagnostics;
using System.Runtime;
using System.Text.Json;
using ConnectionReuse.Clients;
using ConnectionReuse.Connections;
using ConnectionReuse.Measuring;
using ConnectionReuse.Phases;
using ConnectionReuse.Targets;
using ConnectionReuse.Turns;

namespace ConnectionReuse.Bench.Timeit;

/// <summary>
/// The process that makes the calls: no server in it and no console. The blocks of the client patterns alternate in a
/// seeded random order, so that drift of machine or network hits all alike.
/// </summary>
/// <param name="plan">What to do.</param>
/// <param name="output">Where the events go.</param>
public sealed class TimeitClient(TimeitPlan plan, TextWriter output)
{
    private const int FreshWarmUpCalls = 20;
    private const int SharedWarmUpCalls = 200; // ten times cheaper, and what they warm up in the server serves all
    private const int PhaseBlocks = 3;
    private const int PhaseCallsOnLoopback = 30;
    private const int PhaseCallsOverNetwork = 10;

    // A method is compiled again after 30 calls by default: what surrounds a block is called once or twice for each.
    private const int HarnessBlocks = 40;

    private readonly Random _order = new(plan.Seed);
    private int _harnessBlocks;

    /// <summary>Makes all calls of the plan.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        for (var index = 0; index < plan.Targets.Count; index++)
        {
            await RunAsync(index, plan.Targets[index], cancellationToken);
        }
    }

    private async Task RunAsync(int index, TimeitTarget planned, CancellationToken cancellationToken)
    {
        var target = TargetOf(planned);
        var patterns = planned.Clients.Select(id => ClientPatterns.All[id]).ToArray();
        using var control = planned.Server is { } server ? new ServerControl(server.ControlPort) : null;
        using var connections = new ClientConnections(perRequest: !target.IsLocal);
        var callers = patterns.ToDictionary(pattern => pattern.Id, pattern => pattern.Open(target));
        try
        {
            if (await UnreachableAsync(planned, patterns, callers, cancellationToken) is { } reason)
            {
                await TellAsync(new TimeitEvent { Target = index, Unreachable = reason });
                return;
            }

            if (target.IsLocal)
            {
                connections.LeaveHandshakesToServer();
            }

            if (target.IsLocal && planned.RoundTripTime == TimeSpan.Zero)
            {
                // Blocks whose outcome is told to nobody: what only the blocks and their telling run is compiled in them, at all ends.
                var reusing = patterns.First(pattern => pattern.Reuses);
                for (; _harnessBlocks < HarnessBlocks; _harnessBlocks++)
                {
                    await TellAsync(new TimeitEvent { Target = index, Client = reusing.Id, Round = 1 });
                    await UntoldAsync(reusing, calls: 0);
                }

                foreach (var pattern in patterns.OrderBy(pattern => pattern.Reuses))
                {
                    await (pattern.Reuses
                        ? JitWarmup.RunAsync(() => UntoldAsync(pattern, plan.Requests), () => JitInfo.GetCompiledMethodCount())
                        : UntoldAsync(pattern, Math.Min(FreshWarmUpCalls, plan.Requests)));
                }

                HeapWarmup.Run();
            }

            var failed = false;
            for (var round = 1; round <= plan.Repeat && !failed; round++)
            {
                foreach (var pattern in Shuffled(patterns))
                {
                    await TellAsync(new TimeitEvent { Target = index, Client = pattern.Id, Round = round });
                    var block = await BlockAsync(target, pattern, callers[pattern.Id], plan.Requests, connections, control, cancellationToken);
                    await TellAsync(block with { Target = index, Round = round });
                    if (block.Seconds is null)
                    {
                        failed = true; // and the target is left alone
                        break;
                    }
                }
            }

            if (plan.Phases && !failed)
            {
                await TellPhasesAsync(index, planned, target, patterns, cancellationToken);
            }
        }
        finally
        {
            foreach (var caller in callers.Values)
            {
                await caller.DisposeAsync();
            }
        }

        async Task UntoldAsync(ClientPattern pattern, int calls) =>
            await TellAsync(await BlockAsync(target, pattern, callers[pattern.Id], calls, connections, control, cancellationToken), TextWriter.Null);
    }

    // On a local target without a link: what is warmed up is the code, and nobody else's server is asked for that.
    private async Task WarmUpAsync(TimeitTarget planned, ClientPattern[] patterns, CancellationToken cancellationToken)
    {
        using var spread = Placement.Spread(plan.UntimedCores);
        var target = As(planned, plan.WarmUp.Target(planned.WarmUpId));
        foreach (var pattern in patterns)
        {
            await using var caller = pattern.Open(target);
            await JitWarmup.RunAsync(async () =>
            {
                for (var i = 0; i < (pattern.Reuses ? SharedWarmUpCalls : FreshWarmUpCalls); i++)
                {
                    await caller.CallAsync(cancellationToken);
                }
            }, () => JitInfo.GetCompiledMethodCount());
        }
    }

    // A reusing client opens its connection here, unless that is what is timed: then a client of its own asks.
    private async Task<string?> UnreachableAsync(
        TimeitTarget planned, ClientPattern[] patterns, Dictionary<string, ICaller> callers, CancellationToken cancellationToken)
    {
        try
        {
            await WarmUpAsync(planned, patterns, cancellationToken);
            foreach (var pattern in patterns.Where(pattern => pattern.Reuses && !plan.ConnectIsTimed))
            {
                await callers[pattern.Id].CallAsync(cancellationToken);
            }

            if (plan.ConnectIsTimed)
            {
                await callers[patterns.First(pattern => !pattern.Reuses).Id].CallAsync(cancellationToken);
            }

            return null;
        }
        catch (Exception e) when (Failure.IsOfACall(e) && !cancellationToken.IsCancellationRequested)
        {
            return Failure.Describe(e);
        }
    }

    private static async Task<TimeitEvent> BlockAsync(
        Target target, ClientPattern pattern, ICaller caller, int requests, ClientConnections connections, ServerControl? control, CancellationToken cancellationToken)
    {
        var report = new LaunchReport { Target = target.Id, Client = pattern.Id, Iterations = [] };
        var recorder = new CountsRecorder(target, connections, control, allFull: pattern.FullHandshakes);
        var answered = 0;
        recorder.Begin();
        CompilerPause.Make();
        try
        {
            Version? spoken = null;
            var start = Stopwatch.GetTimestamp();
            for (; answered < requests; answered++)
            {
                spoken = await caller.CallAsync(cancellationToken);
            }

            var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            return new TimeitEvent
            {
                Target = 0,
                Client = pattern.Id,
                Seconds = seconds,
                Report = report with
                {
                    Iterations = [new CountedIteration(recorder.End(answered))],
                    HttpVersion = spoken?.ToString(2),
                    TlsProtocol = connections.TlsProtocol,
                },
            };
        }
        catch (Exception e) when (Failure.IsOfACall(e) && !cancellationToken.IsCancellationRequested)
        {
            var reason = $"request {answered + 1} of {requests}: {Failure.Describe(e)}";
            return new TimeitEvent { Target = 0, Client = pattern.Id, Report = report with { Failures = 1, Reason = reason } };
        }
    }

    private async Task TellPhasesAsync(
        int index, TimeitTarget planned, Target target, ClientPattern[] patterns, CancellationToken cancellationToken)
    {
        var loopback = target.IsLocal && planned.RoundTripTime == TimeSpan.Zero;
        var (blocks, calls) = loopback ? (PhaseBlocks, PhaseCallsOnLoopback) : (1, PhaseCallsOverNetwork);
        foreach (var pattern in patterns.Where(pattern => !pattern.TlsOnly))
        {
            await TellAsync(new TimeitEvent { Target = index, Client = pattern.Id });
            await using var caller = pattern.Open(target);
            var told = new List<PhaseBlock>();
            try
            {
                for (var block = 0; block < blocks; block++)
                {
                    told.Add(await PhaseBlock.MeasureAsync(
                        caller, Math.Min(calls, plan.Requests), warmUps: loopback ? calls : 1, planned.RoundTripTime, TimeProvider.System, cancellationToken));
                }
            }
            catch (Exception e) when ((Failure.IsOfACall(e) || e is InvalidDataException) && !cancellationToken.IsCancellationRequested)
            {
                await TellAsync(new TimeitEvent { Target = index, Client = pattern.Id, NoPhases = Failure.Describe(e) });
                return; // the times are complete, and a target that refuses is left alone
            }

            await TellAsync(new TimeitEvent { Target = index, Client = pattern.Id, Phases = PhaseTimesOfBlocks.Of(told) });
        }
    }

    private ClientPattern[] Shuffled(ClientPattern[] patterns)
    {
        var shuffled = patterns.ToArray();
        _order.Shuffle(shuffled);
        return shuffled;
    }

    private Task TellAsync(TimeitEvent told) => TellAsync(told, output);

    private static async Task TellAsync(TimeitEvent told, TextWriter writer)
    {
        await writer.WriteLineAsync(JsonSerializer.Serialize(told, TimeitJson.Default.TimeitEvent));
        await writer.FlushAsync();
    }

    private static Target TargetOf(TimeitTarget planned) =>
        As(planned, planned.Server?.Target(planned.Id) ?? new Target(planned.Id, planned.Url));

    private static Target As(TimeitTarget planned, Target target) => target with
    {
        UserAgent = planned.UserAgent,
        TlsVersion = planned.TlsVersion,
        HttpVersion = planned.HttpVersion,
    };
}
