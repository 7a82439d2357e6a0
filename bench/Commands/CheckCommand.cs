using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Text.Json;
using ConnectionReuse.Bench.Benchmarks;
using ConnectionReuse.Bench.Checks;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Bench.Watch;
using ConnectionReuse.Measuring;
using ConnectionReuse.Processes;
using ConnectionReuse.Reporting.Statistics;
using ConnectionReuse.Results;
using ConnectionReuse.Servers;
using ConnectionReuse.Turns;

namespace ConnectionReuse.Bench.Commands;

/// <summary>The suite measured by itself: what counting costs, whether the harness agrees with a plain loop, and whether it grows.</summary>
internal static class CheckCommand
{
    private const int FewestOfMemory = 10 * MemoryGrowth.Block; // two looks, a power of ten apart

    private const int Seed = 1;

    private static readonly TimeSpan PatienceWithAProcess = TimeSpan.FromSeconds(10);

    private static readonly string[] Controls = [TargetIds.KestrelHttp, TargetIds.KestrelHttps];

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var seconds = new Option<int>("--seconds") { Description = "How long each row is measured, over all sets of processes", DefaultValueFactory = _ => 60, HelpName = "N" };
        var server = CommonOptions.Server();
        var counting = new Command("counting", "Shows that counting, and timing each call, change the time by less than 1 %.") { seconds, server };
        counting.SetAction((result, interrupted) => CountingAsync(AtLeast(1, result.GetValue(seconds), "--seconds"), CommonOptions.ServerAt(result.GetValue(server)), interrupted));

        var launches = new Option<int>("--launches") { Description = "Launches of each row", DefaultValueFactory = _ => 20, HelpName = "N" };
        var requests = new Option<int>("--requests") { Description = "Requests per iteration: what the harness adds to each iteration shows less, the longer that is", DefaultValueFactory = _ => DocumentedFigures.Calls, HelpName = "N" };
        var harness = new Command("harness", "Shows that the shared row agrees within 2 % with a bare loop in a plain program.") { launches, requests, server };
        harness.SetAction((result, interrupted) => HarnessAsync(
            AtLeast(HodgesLehmann.FewestForInterval, result.GetValue(launches), "--launches"), AtLeast(1, result.GetValue(requests), "--requests"), CommonOptions.ServerAt(result.GetValue(server)), interrupted));

        var total = new Option<int>("--requests") { Description = "Requests to the control; WireMock.Net gets a tenth", DefaultValueFactory = _ => 1_000_000, HelpName = "N" };
        var memory = new Command("memory", "Shows that memory and time per request do not grow with the requests.") { total, server };
        memory.SetAction((result, interrupted) => MemoryAsync(AtLeast(FewestOfMemory, result.GetValue(total), "--requests"), CommonOptions.ServerAt(result.GetValue(server)), interrupted));

        var watchSeconds = new Option<int>("--seconds") { Description = "How long each row is measured, over all sets of processes", DefaultValueFactory = _ => 60, HelpName = "N" };
        var watch = new Command("watch", "Shows what it costs an application to be watched.")
        {
            watchSeconds, CommonOptions.NoServer("the application that is watched is a process of this machine, and so is the server that it calls"),
        };
        watch.SetAction((result, interrupted) => WatchAsync(AtLeast(1, result.GetValue(watchSeconds), "--seconds"), interrupted));

        var sets = new Option<int>("--launches") { Description = "Launches of each benchmark", DefaultValueFactory = _ => 10, HelpName = "N" };
        var turns = new Command("turns", "Shows how far two equal benchmarks lie apart beside a load, in BenchmarkDotNet's order and in turns.") { sets, CommonOptions.NoServer("the two benchmarks that take turns call no server") };
        turns.SetAction((result, interrupted) => TurnsAsync(AtLeast(1, result.GetValue(sets), "--launches"), interrupted));

        return new Command("check", "Measures the suite itself.") { counting, harness, memory, watch, turns, CheckGateCommand.Create(), CheckPrecisionCommand.Create() };
    }

    private static int AtLeast(int least, int given, string option) =>
        given >= least ? given : throw new UserException(ExitCode.WrongUse, $"{option} {given}: a whole number from {least} up");

    private static async Task<int> CountingAsync(int seconds, DnsEndPoint? server, CancellationToken interrupted)
    {
        await using var remote = await RemoteTargets.ConnectAsync(server, Console.Out, interrupted);
        var verdicts = await new CountingCost(Host(remote), TimeProvider.System).MeasureAsync(CountingCost.PlanOf(TimeSpan.FromSeconds(seconds), Seed), GateCommand.Progress, interrupted);
        foreach (var verdict in verdicts)
        {
            await Console.Out.WriteLineAsync(verdict.ToString());
        }

        return (int)(verdicts.All(verdict => verdict.Holds) ? ExitCode.Done : ExitCode.DoesNotHold);
    }

    private static async Task<int> WatchAsync(int seconds, CancellationToken interrupted)
    {
        var verdicts = await new WatchCost(Host(), WatchedAsync, TimeProvider.System).MeasureAsync(WatchCost.PlanOf(TimeSpan.FromSeconds(seconds), Seed), GateCommand.Progress, interrupted);
        foreach (var verdict in verdicts)
        {
            await Console.Out.WriteLineAsync(verdict.ToString());
        }

        return (int)(verdicts.All(verdict => verdict.Holds) ? ExitCode.Done : ExitCode.DoesNotHold);
    }

    // Both beside the same load, which comes and goes on every core: that is what turns are for.
    private static async Task<int> TurnsAsync(int launches, CancellationToken interrupted)
    {
        await using var load = BackgroundLoad.Start(ThisProgram.StartStation, Environment.ProcessorCount);
        var found = new List<string>();
        foreach (var (onOneCore, inTurns) in ((bool, bool)[])[(true, false), (true, true), (false, false), (false, true)])
        {
            var order = $"{(onOneCore ? "on one core, " : "on any core, ")}{(inTurns ? "in turns" : "one after the other")}";
            GateCommand.Progress(order);
            found.Add($"{order,-32}  {await TurnsEffect.MeasureAsync(inTurns, onOneCore, launches, Seed, interrupted)}");
        }

        load.ThrowIfEnded();
        await Console.Out.WriteLineAsync(string.Join(Environment.NewLine, found));
        return (int)ExitCode.Done;
    }

    private static async Task<WatchTally> WatchedAsync(int process, Func<Task> work, CancellationToken interrupted)
    {
        var ledger = new WatchLedger();
        var found = await new WatchableProcesses(PatienceWithAProcess).FindAsync(process.ToString(CultureInfo.InvariantCulture), interrupted);
        await using var events = await EventPipeEvents.StartAsync(found, ledger.Add, interrupted);
        await work();
        await events.StopAsync();
        return new WatchTally(ledger.Counts().Calls, events.Lost);
    }

    private static ProcessHost Host(RemoteTargets? remote = null) => new() { Station = _ => ("the process of the calls", ThisProgram.StartStation()), Remote = remote, Progress = GateCommand.Progress, Time = TimeProvider.System };

    private static async Task<int> HarnessAsync(int launches, int requests, DnsEndPoint? at, CancellationToken interrupted)
    {
        await using var remote = await RemoteTargets.ConnectAsync(at, Console.Out, interrupted);
        remote?.Served(Controls);
        await using var server = remote is null ? await StartPinnedAsync(Controls, interrupted) : null;
        var context = new RunContext { Server = remote?.Ready ?? server!.Ready, StartedApart = remote is not null, UntimedCores = Placement.Cores() };
        var holds = true;
        foreach (var id in Controls)
        {
            var verdict = new Verdict($"{id} shared", HodgesLehmann.OfRatios(await HarnessCost.MeasureAsync(context, id, requests, launches, Seed, interrupted))!, HarnessCost.Limit);
            holds &= verdict.Holds;
            await Console.Out.WriteLineAsync(verdict.ToString());
            remote?.ThrowIfEnded();
        }

        return (int)(holds ? ExitCode.Done : ExitCode.DoesNotHold);
    }

    private static async Task<int> MemoryAsync(int requests, DnsEndPoint? at, CancellationToken interrupted)
    {
        await using var remote = await RemoteTargets.ConnectAsync(at, Console.Out, interrupted);
        remote?.Served([TargetIds.KestrelHttp, TargetIds.WireMockHttp]);

        // WireMock.Net too, because it is the one that keeps a log of its requests. A process each, to tell who grows.
        var holds = true;
        foreach (var (id, share) in ((string, int)[])[(TargetIds.KestrelHttp, requests), (TargetIds.WireMockHttp, Math.Max(FewestOfMemory, requests / 10))])
        {
            await using var server = remote is null ? await StartPinnedAsync([id], interrupted) : null;
            await Console.Out.WriteLineAsync($"{id} gets {share.ToString("N0", CultureInfo.InvariantCulture)} requests");
            await using var client = Start([MemoryCommand.Name, id, share.ToString(CultureInfo.InvariantCulture)]);
            await client.WriteLineAsync(JsonSerializer.Serialize(remote?.Ready ?? server!.Ready, ServerJson.Default.ServerReady), interrupted);
            var end = await client.ExitCodeAsync(Timeout.InfiniteTimeSpan, interrupted);
            if (end is not ((int)ExitCode.Done or (int)ExitCode.DoesNotHold))
            {
                return end;
            }

            holds &= end == (int)ExitCode.Done;
        }

        return (int)(holds ? ExitCode.Done : ExitCode.DoesNotHold);
    }

    private static Task<ServerProcess> StartPinnedAsync(IEnumerable<string> targets, CancellationToken interrupted)
    {
        string[] ids = [.. targets];
        ServerNeeds.Ensure(ids);
        using var pinned = Placement.PinChildren();
        return ServerProcess.StartAsync(ThisProgram.StartRole(["server", .. ids]), interrupted); // which starts the process before it waits
    }

    private static ChildProcess Start(IReadOnlyList<string> role)
    {
        using var pinned = Placement.PinChildren();
        var start = ThisProgram.StartRole(role);
        start.RedirectStandardInput = true;
        return ChildProcess.Start(start, $"the process of the role {role[0]}");
    }
}
