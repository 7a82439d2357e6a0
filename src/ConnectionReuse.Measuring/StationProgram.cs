using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ConnectionReuse.Clients;
using ConnectionReuse.Clients.Guarded;
using ConnectionReuse.Connections;
using ConnectionReuse.Phases;
using ConnectionReuse.Turns;

namespace ConnectionReuse.Measuring;

/// <summary>
/// What a station's process runs: it holds every row's client open and makes calls when it is told to. Between them it waits
/// for its input on the thread that makes them, so that nothing of it runs while another station is timed.
/// </summary>
internal sealed class StationProgram : IDisposable
{
    private readonly StationSetup _setup;
    private readonly TextReader _input;
    private readonly IReadOnlyDictionary<string, ClientPattern> _patterns;
    private readonly Dictionary<StationRow, SlowedCaller> _callers = [];
    private readonly QuietWait _wait = new();
    private readonly CancellationTokenSource _orphaned = new();
    private readonly StringBuilder _answer = new();
    private readonly CallTimer _timer = new();
    private readonly StationCounter _counter;
    private readonly Dictionary<string, int> _keepAlive = [];

    private StationProgram(StationSetup setup, TextReader input)
    {
        (_setup, _input, _counter) = (setup, input, new StationCounter(setup, _timer));
        _patterns = setup.Patterns is { } assembly ? PatternAssembly.Load(assembly) : ClientPatterns.All;
        foreach (var row in setup.Rows)
        {
            if (!_patterns.ContainsKey(row.Client))
            {
                throw new IOException($"this build has no client '{row.Client}'");
            }

            _callers[row] = new SlowedCaller(Open(row));
        }
    }

    /// <summary>Greets, reads the setup, and answers commands until the input ends.</summary>
    public static void Serve(TextReader input, TextWriter output)
    {
        output.WriteLine(StationProtocol.Greeting);
        output.Flush();
        if (input.ReadLine() is not { } setup)
        {
            return;
        }

        using var station = new StationProgram(JsonSerializer.Deserialize(setup, StationJson.Default.StationSetup)!, input);
        foreach (var command in station._setup.EndsWithParent ? StationInput.LinesReadAhead(input, station._orphaned.Cancel) : StationInput.Lines(input))
        {
            output.WriteLine(station.Answer(command.Split(' ')));
            output.Flush();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var caller in _callers.Values)
        {
            _wait.For(caller.DisposeAsync().AsTask());
        }

        _counter.Dispose();
        _wait.Dispose();
        _orphaned.Dispose();
    }

    private StringBuilder Answer(string[] words)
    {
        _answer.Clear();
        try
        {
            return words switch
            {
                [StationProtocol.Warm] => Warm(_setup.Rows),
                [StationProtocol.Warm, var target] => Warm([.. _setup.Rows.Where(row => row.Target == target)]),
                [StationProtocol.First, var target, var client] => First(new StationRow(target, client)),
                [StationProtocol.Open, var target, var clients] => OpenConnections(target, everybody: clients == "all"),
                [StationProtocol.Run, var target, var client, var lead, var calls] => Run(new StationRow(target, client), Number(lead), Number(calls)),
                [StationProtocol.Count, var target, var client, var lead, var calls] => Count(new StationRow(target, client), Number(lead), Number(calls)),
                [StationProtocol.Prove, var target, var client, var calls] => Prove(new StationRow(target, client), Number(calls)),
                [StationProtocol.Phases, var target, var client, var blocks, var warmUps, var calls] =>
                    Phases(new StationRow(target, client), Number(blocks), Number(warmUps), Number(calls)),
                [StationProtocol.Slow, var target, var client, var nanoseconds] => Slow(new StationRow(target, client), Number(nanoseconds)),
                [StationProtocol.Patterns] => _answer.Append(StationProtocol.Patterns).Append(' ').AppendJoin(' ', _patterns.Keys),
                [StationProtocol.Load] => Load(),
                _ => Failed("not a command of the stations' protocol"),
            };
        }
        catch (Exception e) when (Failure.IsOfACall(e) || e is InvalidDataException)
        {
            var which = words[0] is StationProtocol.Run or StationProtocol.Count ? $"request {_timer.Answered + 1} of {_timer.Calls}: " : string.Empty;
            return Failed(which + Failure.Describe(e));
        }
    }

    // On every core that is there: what is compiled now is not compiled while somebody is timed.
    private StringBuilder Warm(IReadOnlyList<StationRow> rows)
    {
        using var spread = Placement.Spread(_setup.UntimedCores);
        var callers = rows.OrderBy(row => PatternOf(row).Reuses).Select(row => (
            Caller: HasOther(row) ? PatternOf(row).Open(_setup.Targets[row.Target].ToWarmUpTarget()) : _callers[row],
            Calls: PatternOf(row).Reuses ? _setup.WarmUp.ReusingCalls : _setup.WarmUp.OpeningCalls,
            IsOther: HasOther(row))).ToArray();
        try
        {
            if (rows.FirstOrDefault(row => _setup.Targets[row.Target].Server is null) is { } foreign)
            {
                Count(foreign, lead: 0, calls: 0); // its calls are listened to one by one: what hears them is compiled with them
                _answer.Clear();
            }

            foreach (var (caller, _, _) in callers)
            {
                Calls(caller, _setup.WarmUp.CallsUntilHot);
            }

            JitWarmup.Run(
                () =>
                {
                    foreach (var (caller, calls, _) in callers)
                    {
                        Calls(caller, calls);
                    }

                    CorePause.ForCompiler();
                },
                () => JitInfo.GetCompiledMethodCount());
        }
        finally
        {
            foreach (var (caller, _, _) in callers.Where(caller => caller.IsOther))
            {
                _wait.For(caller.DisposeAsync().AsTask());
            }
        }

        for (var block = 0; block < _setup.WarmUp.Blocks; block++)
        {
            foreach (var row in rows)
            {
                Count(row, lead: 0, calls: 0);
                _answer.Clear();
            }
        }

        HeapWarmup.Run();
        return _answer.Append(StationProtocol.Warm);
    }

    private StringBuilder First(StationRow row)
    {
        var caller = Open(row);
        try
        {
            Calls(caller, 1);
            return _answer.Append(StationProtocol.First).Append(' ').Append(CultureInfo.InvariantCulture, $"{_timer.Seconds:R}");
        }
        finally
        {
            _wait.For(caller.DisposeAsync().AsTask());
        }
    }

    private bool HasOther(StationRow row) => _setup.Targets[row.Target].WarmUp is not null;

    private StringBuilder OpenConnections(string target, bool everybody)
    {
        var rows = _setup.Rows.Where(row => row.Target == target).ToArray();
        foreach (var row in everybody ? [.. rows.Where(row => PatternOf(row).Reuses)] : rows.Where(row => !PatternOf(row).Reuses).Take(1))
        {
            Calls(row, 1);
        }

        return _answer.Append(StationProtocol.Open);
    }

    private StringBuilder Run(StationRow row, int lead, int calls)
    {
        using var listening = ListenTo(row);
        Calls(row, lead);
        if (_setup.Listening.Count > 0 && listening is null)
        {
            _wait.For(_timer.MakeUntimedAsync(_callers[row], calls, _orphaned.Token));
        }
        else
        {
            Calls(row, calls);
        }

        _answer.Append(StationProtocol.Run).Append(' ').Append(CultureInfo.InvariantCulture, $"{_timer.Seconds:R}");
        foreach (var nanoseconds in _timer.CallNanoseconds)
        {
            _answer.Append(' ').Append(CultureInfo.InvariantCulture, $"{nanoseconds}");
        }

        return _answer;
    }

    // Switching the listeners disturbs the caches: it comes before every block alike.
    private ClientConnections? ListenTo(StationRow row)
    {
        if (_setup.Listening.Count == 0)
        {
            return null;
        }

        var listening = new ClientConnections();
        if (_setup.Listening.Contains(row.Target))
        {
            listening.LeaveHandshakesToServer();
            return listening;
        }

        listening.Dispose();
        return null;
    }

    private StringBuilder Count(StationRow row, int lead, int calls) =>
        Json(StationProtocol.Count, StationJson.Default.CountedBlock, _counter.Count(row, PatternOf(row), () => Calls(row, lead), calls, () => Calls(row, calls)) with { KeepAliveSeconds = AnnouncedBy(row.Target) });

    // With a caller of its own: such patterns are judged by their connections, and their calls may wait or overlap.
    private StringBuilder Prove(StationRow row, int calls)
    {
        var caller = Open(row);
        try
        {
            Calls(caller, PatternOf(row).PrimingCalls);
            var block = _counter.Count(row, PatternOf(row), () => { }, calls, () => _wait.For(caller.MakeAsync(PatternOf(row), calls, _orphaned.Token)));
            return Json(StationProtocol.Prove, StationJson.Default.CountedBlock, block with { Seconds = 0, CallSeconds = [] });
        }
        finally
        {
            _wait.For(caller.DisposeAsync().AsTask());
        }
    }

    private StringBuilder Phases(StationRow row, int blocks, int warmUps, int calls)
    {
        var target = _setup.Targets[row.Target];
        var caller = Open(row);
        try
        {
            var measured = new List<PhaseBlock>();
            for (var block = 0; block < blocks; block++)
            {
                var measuring = PhaseBlock.MeasureAsync(caller, calls, warmUps, target.RoundTripTime, TimeProvider.System, _orphaned.Token, PauseOf(row));
                _wait.For(measuring);
                measured.Add(measuring.GetAwaiter().GetResult());
            }

            return Json(StationProtocol.Phases, StationJson.Default.PhaseTimes, PhaseTimesOfBlocks.Of(measured));
        }
        finally
        {
            _wait.For(caller.DisposeAsync().AsTask());
        }
    }

    private StringBuilder Slow(StationRow row, int nanoseconds)
    {
        _callers[row].Ticks = (long)(nanoseconds / 1e9 * Stopwatch.Frequency);
        return _answer.Append(StationProtocol.Slow);
    }

    private StringBuilder Load()
    {
        BackgroundLoad.Work(_input);
        return _answer;
    }

    private void Calls(StationRow row, int calls) => _wait.For(_timer.MakeAsync(_callers[row], calls, PauseOf(row), _orphaned.Token));

    private TimeSpan PauseOf(StationRow row) => _setup.Targets[row.Target].Request?.Pause ?? TimeSpan.Zero;

    private void Calls(ICaller caller, int calls) => _wait.For(_timer.MakeAsync(caller, calls, _orphaned.Token));

    private ICaller Open(StationRow row) => Mutations.Open(
        PatternOf(row), _setup.Targets[row.Target].ToTarget() with { KeepAliveAnnounced = seconds => Announced(row.Target, seconds) }, _setup.Mutation);

    private void Announced(string target, int seconds)
    {
        lock (_keepAlive)
        {
            _keepAlive[target] = Math.Min(seconds, _keepAlive.GetValueOrDefault(target, int.MaxValue));
        }
    }

    private int? AnnouncedBy(string target)
    {
        lock (_keepAlive)
        {
            return _keepAlive.TryGetValue(target, out var seconds) ? seconds : null;
        }
    }

    private ClientPattern PatternOf(StationRow row) => _patterns[row.Client];

    private StringBuilder Json<T>(string word, JsonTypeInfo<T> type, T value) => _answer.Append(word).Append(' ').Append(JsonSerializer.Serialize(value, type));

    private StringBuilder Failed(string reason) => _answer.Clear().Append(StationProtocol.Failed).Append(' ').Append(reason);

    private static int Number(string word) => int.Parse(word, CultureInfo.InvariantCulture);
}
