using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using System.Text.Json;
using ConnectionReuse.Bench.Benchmarks;
using ConnectionReuse.Bench.Commands;
using ConnectionReuse.Clients;
using ConnectionReuse.Connections;
using ConnectionReuse.Reporting.Gate;
using ConnectionReuse.Servers;
using ConnectionReuse.Turns;

namespace ConnectionReuse.Bench.Gate;

/// <summary>
/// The client process of one arm: it holds every row's client open and runs short batches when it is told to. Between
/// them it waits for its input on the thread that runs them, so that nothing of it runs while another arm is timed.
/// </summary>
public sealed class GateClient : IDisposable
{
    private const int WarmupCalls = 50;
    private const int CountsOfARow = 2;

    private readonly GateSetup _setup;
    private readonly Dictionary<GateKey, SlowedCaller> _callers = [];
    private readonly QuietWait _wait = new();
    private ClientConnections? _connections;
    private ServerControl? _control;

    private GateClient(GateSetup setup)
    {
        _setup = setup;
        foreach (var key in setup.Keys)
        {
            if (!ClientPatterns.All.ContainsKey(key.Client))
            {
                throw new UserException(ExitCode.WrongUse, $"this build has no client '{key.Client}'");
            }

            _callers[key] = new SlowedCaller(Mutations.Open(key.Pattern, _setup.Server.Target(key.Target), setup.Mutation));
        }
    }

    /// <summary>Greets, reads the setup, and answers commands until the input ends.</summary>
    public static void Serve(TextReader input, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(output);
        output.WriteLine(GateProtocol.Greeting);
        output.Flush();
        if (input.ReadLine() is not { } setup)
        {
            return;
        }

        using var client = new GateClient(JsonSerializer.Deserialize(setup, GateSetupJson.Default.GateSetup)!);
        while (input.ReadLine() is { } command)
        {
            output.WriteLine(client.Answer(command.Split(' ')));
            output.Flush();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var caller in _callers.Values)
        {
            caller.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }

        _connections?.Dispose();
        _control?.Dispose();
        _wait.Dispose();
    }

    private string Answer(string[] words)
    {
        try
        {
            return words switch
            {
                [GateProtocol.Warm] => Warm(),
                [GateProtocol.Run, var target, var client, var lead, var calls] => Run(Caller(target, client), Number(lead), Number(calls)),
                [GateProtocol.Count, var target, var client, var calls] => Count(new GateKey(target, client), Number(calls)),
                [GateProtocol.Patterns] => $"{GateProtocol.Patterns} {string.Join(' ', ClientPatterns.All.Keys)}",
                [GateProtocol.Prove, var target, var client, var calls] => Prove(new GateKey(target, client), Number(calls)),
                [GateProtocol.Slow, var target, var client, var nanoseconds] => Slow(Caller(target, client), Number(nanoseconds)),
                _ => $"{GateProtocol.Failed} not a command of the gate's protocol",
            };
        }
        catch (Exception e) when (Failure.IsOfACall(e))
        {
            return $"{GateProtocol.Failed} {Failure.Describe(e)}";
        }
    }

    // On every core that is there: what is compiled now is not compiled while an arm is timed.
    private string Warm()
    {
        using var spread = Placement.Spread(_setup.Cores);
        foreach (var caller in _callers.Values)
        {
            JitWarmup.Run(
                () =>
                {
                    Calls(caller, WarmupCalls);
                    Comparison.LetTheCompilerFinish();
                },
                () => JitInfo.GetCompiledMethodCount());
        }

        return GateProtocol.Warm;
    }

    private string Run(SlowedCaller caller, int lead, int calls)
    {
        Calls(caller, lead); // the caches are another arm's
        var start = Stopwatch.GetTimestamp();
        Calls(caller, calls);
        return $"{GateProtocol.Run} {Stopwatch.GetElapsedTime(start).TotalSeconds.ToString("R", CultureInfo.InvariantCulture)}";
    }

    private static string Slow(SlowedCaller caller, int nanoseconds)
    {
        caller.Ticks = (long)(nanoseconds / 1e9 * Stopwatch.Frequency);
        return GateProtocol.Slow;
    }

    // The first time compiles what counting needs. Of the others connections and handshakes are the most that was seen,
    // and bytes the least: what else the process allocates now and then is not the calls'.
    private string Count(GateKey key, int calls)
    {
        CountOnce(key, calls);
        var counts = Enumerable.Range(0, CountsOfARow).Select(_ => CountOnce(key, calls)).ToArray();
        var seen = new ArmCounts(
            calls,
            counts.Max(count => count.Carrying),
            counts.Max(count => count.Opened),
            counts.Max(count => count.Accepted),
            counts.Max(count => count.FullHandshakes),
            counts.Max(count => count.ResumedHandshakes),
            counts.Min(count => count.AllocatedBytes));
        return $"{GateProtocol.Count} {GateProtocol.Words(seen)}";
    }

    private ArmCounts CountOnce(GateKey key, int calls) => Counted(key, calls, () => Calls(_callers[key], calls));

    // With a caller of its own, and not twice: such patterns are judged by their connections, which are exact.
    private string Prove(GateKey key, int calls)
    {
        var caller = Mutations.Open(key.Pattern, _setup.Server.Target(key.Target), _setup.Mutation);
        try
        {
            for (var priming = 0; priming < key.Pattern.PrimingCalls; priming++)
            {
                _wait.For(caller.CallAsync(CancellationToken.None));
            }

            var seen = Counted(key, calls, () => _wait.For(caller.MakeAsync(key.Pattern, calls, CancellationToken.None)));
            return $"{GateProtocol.Prove} {GateProtocol.Words(seen)}";
        }
        finally
        {
            _wait.For(caller.DisposeAsync().AsTask());
        }
    }

    private ArmCounts Counted(GateKey key, int calls, Action make)
    {
        _connections ??= new ClientConnections();
        _control ??= new ServerControl(_setup.Server.ControlPort);
        _connections.LeaveHandshakesToServer();
        var recorder = new CountsRecorder(_setup.Server.Target(key.Target), _connections, _control, allFull: false);
        recorder.Begin();
        make();
        var seen = recorder.End(calls);
        return new ArmCounts(
            calls, seen.Carrying!.Value, seen.Opened!.Value, seen.Accepted!.Value, seen.FullHandshakes!.Value, seen.ResumedHandshakes!.Value, seen.AllocatedBytes!.Value);
    }

    private void Calls(SlowedCaller caller, int calls) => _wait.For(CallsAsync(caller, calls));

    private static async Task CallsAsync(SlowedCaller caller, int calls)
    {
        for (var i = 0; i < calls; i++)
        {
            await caller.CallAsync(CancellationToken.None);
        }
    }

    private SlowedCaller Caller(string target, string client) => _callers[new GateKey(target, client)];

    private static int Number(string word) => int.Parse(word, CultureInfo.InvariantCulture);
}
