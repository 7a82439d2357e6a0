using System.Net;
using System.Net.Sockets;
using System.Runtime.ExceptionServices;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Bench.Screen;
using ConnectionReuse.Clients;
using ConnectionReuse.Connections;
using ConnectionReuse.Measuring;
using ConnectionReuse.Reporting.Tables;
using ConnectionReuse.Results;
using ConnectionReuse.Servers;
using ConnectionReuse.Targets;
using Spectre.Console;

namespace ConnectionReuse.Bench.Timeit;

/// <summary>The direct measurement from options to table and result file.</summary>
/// <param name="options">What was asked.</param>
/// <param name="console">Where it is shown.</param>
/// <param name="progress">Where it is told what goes on.</param>
/// <param name="time">Dates the run.</param>
internal sealed class TimeitRun(TimeitOptions options, IAnsiConsole console, IAnsiConsole progress, TimeProvider time)
{
    // Where calls take milliseconds a silent process is soon noticed; where they take seconds they end by a time limit of their own.
    private static readonly TimeSpan NearPatience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FarPatience = TimeSpan.FromSeconds(100);

    private readonly TextWriter _out = console.Profile.Out.Writer;
    private readonly long _begun = time.GetTimestamp();
    private readonly Dictionary<string, IPEndPoint?> _destinations = [];
    private readonly ProcessHost _host = new()
    {
        Station = set => ($"the process of set {set + 1}", options.PassedOn.To(ThisProgram.StartStation())),
        Server = options.PassedOn.To,
        PatiencePerCall = options.LinkArguments.Count > 0 || options.RealUrls.Count > 0 || options.Server is not null ? FarPatience + options.Asked.Request.Pause + (options.Asked.Request.Timeout ?? TimeSpan.Zero) : NearPatience,
        Progress = progress.Profile.Out.Writer.WriteLine,
        Time = time,
    };

    /// <summary>Runs, shows and writes the measurement.</summary>
    /// <returns>How the program ends.</returns>
    /// <exception cref="UserException">Nothing could be measured.</exception>
    public async Task<ExitCode> RunAsync(CancellationToken interrupted)
    {
        var start = time.GetUtcNow();
        var before = KernelTotals.Read();
        Announce();

        // Before all else: BenchmarkDotNet starts programs to read it, and says so on standard error where this process ends before they do.
        var environment = await EnvironmentReader.ReadAsync(options.PassedOn, interrupted);
        await using var remote = await RemoteTargets.ConnectAsync(options.Server, _out, interrupted);
        var locals = remote?.Served(options.LocalTargets) ?? options.LocalTargets;

        // Beside the servers, to lose no time: they wait for their setup, and end with their standard input.
        await using var stations = await _host.StartStationsAsync(options.Sets, new Random(options.Seed));
        var linked = options.LinkArguments.Count > 0;

        // What is behind a link or a network is warmed up without it, and nobody else's server for it.
        await using var near = remote is { RoundTrip.IsFar: false } ? remote
            : await _host.StartServerAsync(linked || remote is not null ? [TargetIds.KestrelHttp, TargetIds.KestrelHttps] : locals.Union(WarmUps()), [], interrupted);
        await using var far = remote ?? (linked ? await _host.StartServerAsync(locals, ServerStart.LinkArguments(options.LinkArguments), interrupted) : null);

        var called = (far ?? near).Ready;
        var tries = await FirstTriesAsync(remote is null ? options.RealUrls : locals.Select(id => called.Targets[id]), interrupted);
        var plan = Plan(locals, near.Ready, called, remote?.RoundTrip, tries);
        var rows = new TimeitRows(plan, Parameters());
        var cut = false;
        ExceptionDispatchInfo? failure = null;
        try
        {
            cut = await CallAsync(stations, plan, rows, interrupted);
        }
        catch (IOException e) when (rows.Rows().Any(row => row.HasTimes()))
        {
            failure = ExceptionDispatchInfo.Capture(e); // what is complete is kept
        }

        if (!cut)
        {
            remote?.ThrowIfEnded(); // what was measured of a server that is lost is not kept: nobody knows since when
        }

        var (measured, ended) = cut || failure is not null ? (rows.Rows(), cut) : await WithVerdictsAsync(plan, rows.Rows(), interrupted);
        cut = ended;
        if (options.Peers && !cut && failure is null)
        {
            var peers = new PeerRuns(plan, measured, progress, time, _begun);
            cut = await peers.RunAsync(interrupted);
            measured = [.. measured, .. peers.Rows];
            if (!cut)
            {
                remote?.ThrowIfEnded(); // for the other tools too
            }
        }

        var kept = remote is null ? Show(environment, Run(start, before, plan.Seed), measured)
            : Show(remote.Seen(environment), Run(start, before, plan.Seed), [.. measured.Select(remote.Seen)]);
        if (!cut)
        {
            near.ThrowIfEnded(); // what was measured before is kept
            far?.ThrowIfEnded();
            failure?.Throw();
        }

        return RunExit.Tell(measured, cut, kept, Console.Error, requireTargets: options.RealUrls.Count > 0 || remote is not null);
    }

    private async Task<(IReadOnlyList<ResultRow> Rows, bool Cut)> WithVerdictsAsync(TimeitPlan plan, IReadOnlyList<ResultRow> rows, CancellationToken interrupted)
    {
        var judged = new List<ResultRow>();
        try
        {
            foreach (var target in plan.Targets)
            {
                ResultRow[] own = [.. rows.Where(row => row.Target == target.Id && row.Url == PublicUrl.Of(target.Url))];
                judged.AddRange(target.Server is null && own.Any(ReuseVerdicts.IsWantedFor) ? await ReuseVerdicts.GiveAsync(own, target.ToStation(plan.WarmUp).ToTarget(), time, interrupted) : own);
            }

            return (judged, false);
        }
        catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
        {
            return ([.. judged, .. rows.Skip(judged.Count)], true);
        }
    }

    // A server has some target, though nothing be warmed up on it.
    private IEnumerable<string> WarmUps() => options.RealUrls.Count == 0 ? []
        : options.RealUrls.Select(url => WarmUpOf(url.Scheme)).Where(LocalServers.Available.Contains).DefaultIfEmpty(TargetIds.KestrelHttp);

    private void Announce()
    {
        options.Asked.TellIgnoredProxy(options.RealUrls, Console.Error);
        foreach (var url in options.RealUrls)
        {
            var phases = Math.Min(options.Requests, TimeitTurns.PhaseCallsOverNetwork) + 1; // and one that opens the connection
            var own = (options.Repeat * (options.Requests + 1)) + 1; // one before each block, and one at first
            var calls = (options.Sets * (own + RequestCap.MostCallsToRenew(own))) + phases;
            var peers = options.Peers ? $", and up to {options.Sets * options.Repeat * options.Requests} in each way of each other tool that is installed" : "";
            var clients = ClientsOf(url.Scheme).Length - Unsupported(TargetIds.Real, url.Scheme).Count;
            options.Asked.EnsureMayBeSent((((long)calls * clients) + ReuseVerdicts.MostRequests) * options.RealUrls.Count);
            if (clients > 0)
            {
                _out.WriteLine($"{PublicUrl.Of(url)} will get up to {calls} {options.Asked.Request.Words} from each of {clients} clients{peers}, one at a time, {ReuseVerdicts.Announcement}{options.Asked.Request.RedirectsBesides}");
            }
        }
    }

    private async Task<Dictionary<Uri, IReadOnlyList<FirstTry>>> FirstTriesAsync(IEnumerable<Uri> urls, CancellationToken interrupted)
    {
        var tries = new Dictionary<Uri, IReadOnlyList<FirstTry>>();
        foreach (var url in urls)
        {
            tries[url] = await FirstTries.OfAsync(options.Asked.Request, url, time, interrupted);
        }

        return tries;
    }

    private TimeitPlan Plan(IReadOnlyList<string> locals, ServerReady near, ServerReady far, RoundTrip? network, Dictionary<Uri, IReadOnlyList<FirstTry>> tries) => new()
    {
        Targets =
        [
            .. locals.Select(id => new TimeitTarget(id, far.Targets[id], ClientsOf(far.Targets[id].Scheme), near.Targets.ContainsKey(id) ? id : WarmUpOf(far.Targets[id].Scheme))
            {
                Server = far,
                TlsVersion = options.TlsVersion,
                HttpVersion = options.HttpVersion,
                RoundTripTime = options.Link.Link?.RoundTripTime ?? TimeSpan.Zero,
                Network = network,
                FirstTries = tries.GetValueOrDefault(far.Targets[id], []),
                Unsupported = Unsupported(id, far.Targets[id].Scheme),
            }),
            .. options.RealUrls.Select(url => new TimeitTarget(TargetIds.Real, url, ClientsOf(url.Scheme), WarmUpOf(url.Scheme))
            {
                Request = options.Asked.Request,
                UserAgent = options.UserAgent,
                TlsVersion = options.TlsVersion,
                HttpVersion = options.HttpVersion,
                FirstTries = tries[url],
                Unsupported = Unsupported(TargetIds.Real, url.Scheme),
            }),
        ],
        WarmUp = near,
        Requests = options.Requests,
        Repeat = options.Repeat,
        Sets = options.Sets,
        Seed = options.Seed,
        ConnectIsTimed = options.Documented,
        FirstCalls = !options.Documented,
        Phases = !options.Documented,
    };

    private async Task EnsurePortsAsync(TimeitTarget target, int connections, CancellationToken cancellationToken)
    {
        if (!_destinations.TryGetValue(target.Name, out var destination))
        {
            _destinations[target.Name] = destination = DestinationOf(target.Url, options.Asked.Request);
        }

        if (destination is not null)
        {
            await _host.EnsurePortsAsync(target.Name, destination, connections, cancellationToken);
        }
    }

    // Null where the name is not known: the calls will tell.
    private static IPEndPoint? DestinationOf(Uri url, OwnRequest request)
    {
        try
        {
            return request.On(new Target(TargetIds.Real, url)).EndPoint();
        }
        catch (SocketException)
        {
            return null;
        }
    }

    // A control that speaks what is insisted on.
    private string WarmUpOf(string scheme) => Controls.Of(scheme, options.HttpVersion);

    private Dictionary<string, string> Unsupported(string targetId, string scheme) =>
        (from client in ClientsOf(scheme)
         let reason = (options.HttpVersion is { Major: 3 } ? Quic.Unsupported : null) ?? NamedClients.Untimed(client, targetId, options.HttpVersion, options.Asked.Request)
         where reason is not null
         select (client, reason)).ToDictionary(row => row.client, row => row.reason);

    private string[] ClientsOf(string scheme) =>
        [.. options.Clients.Where(client => scheme == Uri.UriSchemeHttps || !ClientPatterns.All[client].TlsOnly)];

    // True when the user ended it: what is complete is kept.
    private async Task<bool> CallAsync(StationSet stations, TimeitPlan plan, TimeitRows rows, CancellationToken interrupted)
    {
        try
        {
            await new TimeitProgress(plan, progress, time, _begun).WhileAsync(show => new TimeitTurns(plan, stations, _host.UntimedCores, EnsurePortsAsync, told =>
            {
                rows.Add(told);
                show(told);
            }).RunAsync(interrupted));
            return false;
        }
        catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
        {
            return true;
        }
        finally
        {
            _host.Release();
        }
    }

    private bool Show(RunEnvironment environment, Run run, IReadOnlyList<ResultRow> rows)
    {
        var result = new ResultFile
        {
            Environment = environment,
            Runs = [run],
            Rows = rows,
            Ratios = TimeitRows.RatiosOf(rows),
        };
        var files = new ResultOutput(new(() => Folders.NewRun(options.Out, run.Start)), options.Json, options.Markdown, new ResultView(console, options.Explain, options.Open ? Desktop.Here() : null).Show, options.Told, Console.Error);
        return files.Show(result, options.Documented ? DocumentedTable.Render(result) : TimeitTable.Render(result));
    }

    private Run Run(DateTimeOffset start, KernelTotals before, int seed) => new()
    {
        Kind = options.Documented ? RunKind.Documented : RunKind.Timeit,
        CommandLine = options.CommandLine,
        Start = start,
        DurationSeconds = (time.GetUtcNow() - start).TotalSeconds,
        Interference = KernelTotals.Read().Since(before),
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
