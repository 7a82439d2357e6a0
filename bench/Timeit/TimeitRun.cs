using System.Diagnostics;
using System.Text.Json;
using ConnectionReuse.Bench.Commands;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Clients;
using ConnectionReuse.Connections;
using ConnectionReuse.Reporting.Tables;
using ConnectionReuse.Results;
using ConnectionReuse.Servers;
using ConnectionReuse.Targets;
using ConnectionReuse.Turns;
using Spectre.Console;

namespace ConnectionReuse.Bench.Timeit;

/// <summary>The direct measurement from options to table and result file.</summary>
/// <param name="options">What was asked.</param>
/// <param name="console">Where it is shown.</param>
/// <param name="time">Dates the run.</param>
public sealed class TimeitRun(TimeitOptions options, IAnsiConsole console, TimeProvider time)
{
    private const string ResultName = "results.json";
    private const string TableName = "timeit.md";
    private static readonly string[] Controls = [TargetIds.KestrelHttp, TargetIds.KestrelHttps];

    private const int UntimedCalls = 2; // the first one, and one before the phases

    private readonly TextWriter _out = console.Profile.Out.Writer;

    /// <summary>Runs, shows and writes the measurement.</summary>
    /// <returns>How the program ends.</returns>
    /// <exception cref="UserException">Nothing could be measured.</exception>
    public async Task<ExitCode> RunAsync(CancellationToken interrupted)
    {
        var start = time.GetUtcNow();
        var environment = EnvironmentReader.ReadAsync(interrupted);
        Announce();
        var cores = Placement.Cores();
        using var client = StartClient();
        var linked = options.LinkArguments.Count > 0;

        // What is behind a link is warmed up without it, and nobody else's server for it.
        await using var near = await ServerStart.StartAsync(linked ? Controls : options.RealUrls.Count > 0 ? options.LocalTargets.Union(Controls) : options.LocalTargets, [], interrupted);
        await using var far = linked ? await ServerStart.StartAsync(options.LocalTargets, LinkOptionSet.Arguments(options.LinkArguments), interrupted) : null;

        var plan = Plan(near.Ready, (far ?? near).Ready, cores);
        var rows = new TimeitRows(plan, Parameters());
        var cut = await CallAsync(client, plan, rows, interrupted);
        IReadOnlyList<ResultRow> measured = rows.Rows();
        if (options.Peers && !cut)
        {
            var peers = new PeerRuns(plan, measured, console, time);
            cut = await peers.RunAsync(interrupted);
            measured = [.. measured, .. peers.Rows];
        }

        return await ShowAsync(await environment, Run(start, plan.Seed), measured, cut);
    }

    private void Announce()
    {
        foreach (var url in options.RealUrls)
        {
            var phases = options.Documented ? 0 : Math.Min(options.Requests, 10);
            var calls = (options.Repeat * options.Requests) + phases + UntimedCalls;
            var peers = options.Peers ? $", and up to {options.Repeat * options.Requests} in each way of each other tool that is installed" : "";
            _out.WriteLine($"{PublicUrl.Of(url)} will get up to {calls} requests from each of {ClientsOf(url.Scheme).Length} clients{peers}, one at a time");
        }
    }

    private TimeitPlan Plan(ServerReady near, ServerReady far, byte[]? cores) => new()
    {
        Targets =
        [
            .. options.LocalTargets.Select(id => new TimeitTarget(id, far.Targets[id], ClientsOf(far.Targets[id].Scheme), near.Targets.ContainsKey(id) ? id : WarmUpOf(far.Targets[id].Scheme))
            {
                Server = far,
                TlsVersion = options.TlsVersion,
                HttpVersion = options.HttpVersion,
                RoundTripTime = options.Link.Link?.RoundTripTime ?? TimeSpan.Zero,
            }),
            .. options.RealUrls.Select(url => new TimeitTarget(TargetIds.Real, url, ClientsOf(url.Scheme), WarmUpOf(url.Scheme))
            {
                UserAgent = options.UserAgent,
                TlsVersion = options.TlsVersion,
                HttpVersion = options.HttpVersion,
            }),
        ],
        WarmUp = near,
        Requests = options.Requests,
        Repeat = options.Repeat,
        Seed = unchecked((int)time.GetTimestamp()),
        ConnectIsTimed = options.Documented,
        Phases = !options.Documented,
        UntimedCores = cores,
    };

    private static string WarmUpOf(string scheme) => scheme == Uri.UriSchemeHttps ? TargetIds.KestrelHttps : TargetIds.KestrelHttp;

    private string[] ClientsOf(string scheme) =>
        [.. options.Clients.Where(client => scheme == Uri.UriSchemeHttps || !ClientPatterns.All[client].TlsOnly)];

    // Beside the servers, to lose no time; it waits for the plan, and ends with its standard input.
    private static Process StartClient()
    {
        using var pinned = Placement.PinChildren();
        var start = Self.Start(["timeit-client"]);
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        return Process.Start(start) ?? throw new IOException("the process that makes the calls did not start");
    }

    // True when the user ended it: what is complete is kept.
    private async Task<bool> CallAsync(Process client, TimeitPlan plan, TimeitRows rows, CancellationToken interrupted)
    {
        var progress = new TimeitProgress(plan, console, time);
        try
        {
            await client.StandardInput.WriteLineAsync(JsonSerializer.Serialize(plan, TimeitJson.Default.TimeitPlan).AsMemory(), interrupted);
            await client.StandardInput.FlushAsync(interrupted);
            await progress.WhileAsync(async show =>
            {
                while (await client.StandardOutput.ReadLineAsync(interrupted) is { } line)
                {
                    var told = JsonSerializer.Deserialize(line, TimeitJson.Default.TimeitEvent)!;
                    rows.Add(told);
                    show(told);
                }
            });
            await client.WaitForExitAsync(interrupted);
            return client.ExitCode == 0 ? false
                : throw new IOException($"the process that makes the calls ended with exit code {client.ExitCode}");
        }
        catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
        {
            return true;
        }
        finally
        {
            if (!client.HasExited)
            {
                client.Kill(entireProcessTree: true);
                await client.WaitForExitAsync(CancellationToken.None);
            }
        }
    }

    private async Task<ExitCode> ShowAsync(RunEnvironment environment, Run run, IReadOnlyList<ResultRow> rows, bool cut)
    {
        var result = new ResultFile
        {
            Environment = environment,
            Runs = [run],
            Rows = rows,
            Ratios = TimeitRows.RatiosOf(rows),
        };
        var table = options.Documented ? DocumentedTable.Render(result) : TimeitTable.Render(result);
        var folder = Folders.NewRun(options.Out, run.Start);
        ResultFiles.Write(Path.Combine(folder, ResultName), result);
        ResultFiles.WriteText(Path.Combine(folder, TableName), table);
        var latest = Folders.PublishLatest(folder);
        if (options.Json is not null)
        {
            ResultFiles.Write(options.Json, result);
        }

        if (options.Markdown is not null)
        {
            ResultFiles.WriteText(options.Markdown, table);
        }

        await _out.WriteLineAsync($"\n{table}");
        await _out.WriteLineAsync($"Result: {Path.GetRelativePath(Directory.GetCurrentDirectory(), Path.Combine(latest, ResultName))}");
        return cut ? ExitCode.Interrupted : rows.Any(row => row.Status == RowStatus.Failed) ? ExitCode.DoesNotHold : ExitCode.Done;
    }

    private Run Run(DateTimeOffset start, int seed) => new()
    {
        Kind = options.Documented ? RunKind.Documented : RunKind.Timeit,
        CommandLine = options.CommandLine,
        Start = start,
        DurationSeconds = (time.GetUtcNow() - start).TotalSeconds,
        Seed = seed,
    };

    private RowParameters Parameters() => new()
    {
        Tls = options.TlsVersion is { } tls ? TlsVersion.NameOf(tls) : null,
        Http = options.HttpVersion?.ToString(),
        Link = Link(),
    };

    private ResultLink? Link() => options.LinkArguments.Count == 0 ? null : new ResultLink
    {
        RttMilliseconds = (options.Link.Link?.RoundTripTime ?? TimeSpan.Zero).TotalMilliseconds,
        BandwidthBitsPerSecond = options.Link.Link?.BitsPerSecond,
        ServerTimeMilliseconds = options.Link.ServerTime.TotalMilliseconds,
    };
}
