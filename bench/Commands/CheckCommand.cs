using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using ConnectionReuse.Bench.Benchmarks;
using ConnectionReuse.Bench.Checks;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Clients;
using ConnectionReuse.Connections;
using ConnectionReuse.Reporting.Statistics;
using ConnectionReuse.Servers;
using ConnectionReuse.Targets;
using ConnectionReuse.Turns;

namespace ConnectionReuse.Bench.Commands;

/// <summary>The suite measured by itself: what counting costs, whether the harness agrees with a plain loop, and whether it grows.</summary>
public static class CheckCommand
{
    private const int FewestOfMemory = 10 * MemoryGrowth.Block; // two looks, a power of ten apart

    private const int Seed = 1;

    private static readonly string[] Controls = [TargetIds.KestrelHttp, TargetIds.KestrelHttps];

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var seconds = new Option<int>("--seconds") { Description = "Length of each measurement", DefaultValueFactory = _ => 60, HelpName = "N" };
        var counting = new Command("counting", "Shows that counting changes the timing by less than 1 %.") { seconds };
        counting.SetAction((result, _) => InterruptibleAsync(token => CountingAsync(AtLeast(1, result.GetValue(seconds), "--seconds"), token)));

        var launches = new Option<int>("--launches") { Description = "Launches of each row", DefaultValueFactory = _ => 20, HelpName = "N" };
        var requests = new Option<int>("--requests") { Description = "Requests per iteration: what the harness adds to each iteration shows less, the longer that is", DefaultValueFactory = _ => 100, HelpName = "N" };
        var harness = new Command("harness", "Shows that the shared row agrees within 2 % with a bare loop in a plain program.") { launches, requests };
        harness.SetAction((result, _) => InterruptibleAsync(token => HarnessAsync(
            AtLeast(HodgesLehmann.FewestForInterval, result.GetValue(launches), "--launches"), AtLeast(1, result.GetValue(requests), "--requests"), token)));

        var total = new Option<int>("--requests") { Description = "Requests to the control; WireMock.Net gets a tenth", DefaultValueFactory = _ => 1_000_000, HelpName = "N" };
        var memory = new Command("memory", "Shows that memory and time per request do not grow with the requests.") { total };
        memory.SetAction((result, _) => InterruptibleAsync(token => MemoryAsync(AtLeast(FewestOfMemory, result.GetValue(total), "--requests"), token)));

        return new Command("check", "Measures the suite itself.") { counting, harness, memory, CheckGateCommand.Create(), CheckPrecisionCommand.Create(), CountingClient(), MemoryClient() };
    }

    private static async Task<int> InterruptibleAsync(Func<CancellationToken, Task<int>> check)
    {
        using var interruption = new Interruption();
        return await check(interruption.Token);
    }

    private static int AtLeast(int least, int given, string option) =>
        given >= least ? given : throw new UserException(ExitCode.WrongUse, $"{option} {given}: a whole number from {least} up");

    private static async Task<int> CountingAsync(int seconds, CancellationToken interrupted)
    {
        await using var server = await StartPinnedAsync([.. Controls, .. Controls.Select(id => id + LocalServers.Uncounted)], interrupted);
        using var client = Role(["check", "counting-client", seconds.ToString(CultureInfo.InvariantCulture)], server, readsOutput: false);
        return await EndOf(client, interrupted);
    }

    private static Command CountingClient()
    {
        var seconds = new Argument<int>("seconds");
        var command = new Command("counting-client") { seconds };
        command.Hidden = true;
        command.SetAction((result, token) => MeasuredAsync(
            async () =>
            {
                var ready = await ReadyAsync();
                var length = TimeSpan.FromSeconds(result.GetValue(seconds));
                var holds = true;
                foreach (var id in Controls)
                {
                    foreach (var pattern in (ClientPattern[])[new FreshClient(), new SharedClient()])
                    {
                        var ratio = await CountingCost.MeasureAsync(pattern, ready.Target(id), ready.Target(id + LocalServers.Uncounted), length);
                        var verdict = new Verdict($"{id} {pattern.Id}", ratio, CountingCost.Limit);
                        holds &= verdict.Holds;
                        await Console.Out.WriteLineAsync(verdict.ToString());
                    }
                }

                return holds;
            },
            token));
        return command;
    }

    private static async Task<int> HarnessAsync(int launches, int requests, CancellationToken interrupted)
    {
        await using var server = await StartPinnedAsync(Controls, interrupted);
        var context = new RunContext { Server = server.Ready, UntimedCores = Placement.Cores(), Requests = requests };
        var holds = true;
        foreach (var id in Controls)
        {
            var verdict = new Verdict($"{id} shared", HodgesLehmann.OfRatios(HarnessCost.Measure(context, id, launches, Seed, interrupted))!, HarnessCost.Limit);
            holds &= verdict.Holds;
            await Console.Out.WriteLineAsync(verdict.ToString());
        }

        return (int)(holds ? ExitCode.Done : ExitCode.DoesNotHold);
    }

    private static async Task<int> MemoryAsync(int requests, CancellationToken interrupted)
    {
        // WireMock.Net too, because it is the one that keeps a log of its requests. A process each, to tell who grows.
        var holds = true;
        foreach (var (id, share) in ((string, int)[])[(TargetIds.KestrelHttp, requests), (TargetIds.WireMockHttp, Math.Max(FewestOfMemory, requests / 10))])
        {
            await using var server = await StartPinnedAsync([id], interrupted);
            await Console.Out.WriteLineAsync($"{id} gets {share.ToString("N0", CultureInfo.InvariantCulture)} requests");
            using var client = Role(["check", "memory-client", id, share.ToString(CultureInfo.InvariantCulture)], server, readsOutput: false);
            var end = await EndOf(client, interrupted);
            if (end is not ((int)ExitCode.Done or (int)ExitCode.DoesNotHold))
            {
                return end;
            }

            holds &= end == (int)ExitCode.Done;
        }

        return (int)(holds ? ExitCode.Done : ExitCode.DoesNotHold);
    }

    private static Command MemoryClient()
    {
        var target = new Argument<string>("target");
        var requests = new Argument<int>("requests");
        var command = new Command("memory-client") { target, requests };
        command.Hidden = true;
        command.SetAction((result, token) => MeasuredAsync(
            async () =>
            {
                var ready = await ReadyAsync();
                using var control = new ServerControl(ready.ControlPort);
                var run = await MemoryGrowth.MeasureAsync(
                    ready.Target(result.GetValue(target)!), control, result.GetValue(requests), TimeProvider.System, token);
                var verdict = new MemoryVerdict(run);
                await Console.Out.WriteLineAsync(verdict.ToString());
                return verdict.Holds;
            },
            token));
        return command;
    }

    private static async Task<int> MeasuredAsync(Func<Task<bool>> measure, CancellationToken token)
    {
        try
        {
            return (int)(await measure() ? ExitCode.Done : ExitCode.DoesNotHold);
        }
        catch (Exception e) when (Failure.IsOfACall(e) && !token.IsCancellationRequested)
        {
            throw new UserException(ExitCode.CouldNotMeasure, $"could not measure: {Failure.Describe(e)}");
        }
    }

    private static Task<ServerProcess> StartPinnedAsync(IEnumerable<string> targets, CancellationToken interrupted)
    {
        using var pinned = Placement.PinChildren();
        return ServerProcess.StartAsync(Self.Start(["server", .. targets]), interrupted); // which starts the process before it waits
    }

    // A process of its own that learns by its standard input where the servers are.
    private static Process Role(IReadOnlyList<string> arguments, ServerProcess server, bool readsOutput)
    {
        using var pinned = Placement.PinChildren();
        var start = Self.Start(arguments);
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = readsOutput;
        var process = Process.Start(start)!;
        process.StandardInput.WriteLine(JsonSerializer.Serialize(server.Ready, ServerJson.Default.ServerReady));
        return process;
    }

    private static async Task<ServerReady> ReadyAsync() =>
        JsonSerializer.Deserialize((await Console.In.ReadLineAsync())!, ServerJson.Default.ServerReady)!;

    private static async Task<int> EndOf(Process process, CancellationToken interrupted)
    {
        try
        {
            await process.WaitForExitAsync(interrupted);
            return process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }
    }
}
