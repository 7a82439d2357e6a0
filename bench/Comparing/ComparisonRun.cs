using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Exporters.Csv;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using ConnectionReuse.Bench.Benchmarks;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Bench.Screen;
using ConnectionReuse.Ports;
using ConnectionReuse.Reporting.Tables;
using ConnectionReuse.Results;
using ConnectionReuse.Servers;
using ConnectionReuse.Turns;
using ConnectionReuse.Turns.BenchmarkDotNet;
using Spectre.Console;

namespace ConnectionReuse.Bench.Comparing;

/// <summary>The comparison from options to result file.</summary>
/// <param name="options">What was asked.</param>
/// <param name="selection">The rows that it is about.</param>
/// <param name="console">Where it is shown.</param>
/// <param name="progress">Where it is told what goes on.</param>
/// <param name="time">Dates the run.</param>
internal sealed class ComparisonRun(ComparisonOptions options, Selection selection, IAnsiConsole console, IAnsiConsole progress, TimeProvider time)
{
    private readonly TextWriter _out = console.Profile.Out.Writer;
    private readonly ErrorLines _errors = new();
    private readonly long _begun = time.GetTimestamp();
    private readonly int _seed = options.Seed ?? Random.Shared.Next();

    /// <summary>Runs and writes the comparison.</summary>
    /// <returns>How the program ends.</returns>
    /// <exception cref="UserException">Nothing could be measured.</exception>
    public async Task<ExitCode> RunAsync(CancellationToken interrupted)
    {
        if (OpenFiles.TooFewForAComparison() is { } reason)
        {
            throw new UserException(ExitCode.CouldNotMeasure, $"could not measure: {reason}");
        }

        var run = new Run
        {
            Kind = RunKind.Comparison,
            CommandLine = options.CommandLine,
            Start = time.GetUtcNow(),
            DurationSeconds = null,
            Seed = _seed,
            Fault = options.Fault?.ToString(),
        };
        await using var remote = await RemoteTargets.ConnectAsync(options.Server, _out, interrupted);
        var here = await EnvironmentReader.ReadAsync(options.PassedOn, interrupted);
        var environment = remote?.Seen(here) ?? here;
        var before = KernelTotals.Read();
        await using var shared = TemporaryFolder.Create();
        try
        {
            await using var server = await StartServerAsync(remote, interrupted);
            await using var links = new LinkedServers();
            await links.StartAsync(remote is null ? selection.Links : [], options.PassedOn, interrupted);
            var context = new RunContext
            {
                UserAgent = options.UserAgent,
                Request = options.Asked.Request,
                HttpVersion = options.HttpVersion,
                Clients = options.Clients,
                Server = remote?.Ready ?? server?.Ready,
                StartedApart = remote is not null,
                WarmUp = remote is null ? null : server?.Ready,
                Linked = links.Ready,
                RealUrls = options.RealUrls,
                UntimedCores = Placement.Cores(),
                SharedAsksToClose = options.Fault == Fault.SharedClose,
            };
            context.Announce(shared.FullName);
            var plan = selection.Plan(_seed); // of the URLs in the context
            Ask(plan);
            context = context with { Rows = plan.ByBenchmark };
            context.Save(shared.FullName);
            return await MeasureAsync(environment, run, before, plan, context, remote, () => server?.ThrowIfEnded(), shared.FullName, interrupted);
        }
        finally
        {
            RunContext.Retract();
        }
    }

    // Before anybody's server is called.
    private void Ask(ComparisonPlan plan)
    {
        PlannedRow[] real = [.. plan.Rows.Where(row => row.Key.Url is not null)];
        if (real.Length > 0)
        {
            options.Asked.EnsureMayBeSent(real.Sum(row => (long?)row.AllCalls) + (ReuseVerdicts.MostRequests * real.Select(row => row.Key.Url).Distinct().LongCount()));
            options.Asked.TellIgnoredProxy(options.RealUrls, Console.Error);
        }
    }

    private async Task<ExitCode> MeasureAsync(
        RunEnvironment environment, Run run, KernelTotals before, ComparisonPlan plan, RunContext context, RemoteTargets? remote, Action ensureServer, string shared, CancellationToken interrupted)
    {
        var folder = Folders.NewRun(options.Out, run.Start);
        var files = new ResultOutput(new(folder), options.Json, options.Markdown, new ResultView(console, options.Explain, options.Open ? Desktop.Here() : null).Show, options.Told, Console.Error);
        var ledger = new RowLedger(plan, row => row.Url ?? PublicUrl.Of(context.UrlOf(row.TargetId))) { Seen = remote is null ? static row => row : remote.Seen };
        var told = new RunProgress(plan, progress, time, _begun);
        var observer = new RunObserver
        {
            Plan = plan,
            Ledger = ledger,
            Progress = told,
            EnsureServers = () =>
            {
                ensureServer();
                remote?.ThrowIfEnded();
            },
            Ports = Ports(plan, context, time, told, interrupted),
            Save = () => files.Keep(Result()),
            LeaveAlone = urls => (context with { LeftAlone = urls }).Save(shared),
            Interrupted = interrupted,
        };
        var turns = new TurnsToolchain(new PrebuiltToolchain(), observer.Turns());
        var runs = selection.Runs(Config(ledger, folder, Result), turns);
        var cut = false;
        try
        {
            var firstCalls = new FirstCalls(context, plan, ledger, _out, time);
            var reachable = await firstCalls.ShowAsync(interrupted);
            await firstCalls.WarmServersAsync(interrupted);
            reachable.ExceptWith(await ExhaustionRows.SettleAsync(plan, ledger, told, options.PassedOn, interrupted));
            var remaining = runs.Select(run => Only(run, plan, reachable)).Where(run => run.BenchmarksCases.Length > 0).ToArray();
            if (remaining.Length > 0)
            {
                var summaries = Array.Empty<Summary>();
                await told.WhileAsync(remaining.SelectMany(run => run.BenchmarksCases).Select(plan.Of), () => summaries = BenchmarkRunner.Run(remaining));
                interrupted.ThrowIfCancellationRequested();
                SettleWhatDidNotRun(remaining, summaries, plan, ledger);
                await new RowVerdicts(context, plan, ledger, time).FindAsync(interrupted);
            }

            remote?.ThrowIfEnded();
        }
        catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
        {
            cut = true;
        }
        catch (Exception e) when (e is IOException or UserException && remote is { HasEnded: true })
        {
            Directory.Delete(folder, recursive: true); // what was measured of a server that is lost is not kept: nobody knows since when
            throw;
        }
        catch (IOException)
        {
            var measured = Result();
            files.Show(measured, TimeitTable.Render(measured)); // a server that died, or ports that ran out: what is measured is kept
            throw;
        }

        return Show(files, Result(), cut);

        ResultFile Result() => ledger.ToResult(environment, run with
        {
            DurationSeconds = (time.GetUtcNow() - run.Start).TotalSeconds,
            Interference = KernelTotals.Read().Since(before),
        });
    }

    // A row that was launched says itself what became of it.
    private void SettleWhatDidNotRun(IEnumerable<BenchmarkRunInfo> runs, IReadOnlyList<Summary> summaries, ComparisonPlan plan, RowLedger ledger)
    {
        foreach (var benchmark in runs.SelectMany(run => run.BenchmarksCases))
        {
            if (!ledger.IsBooked(plan.Of(benchmark).Key))
            {
                ledger.Settle(plan.Of(benchmark).Key, RowStatus.NotRun, WhyNotRun.Of(benchmark, summaries, _errors.Lines));
            }
        }
    }

    // Beside a server that was started apart: to warm up on, where a network lies before it.
    private async Task<ServerProcess?> StartServerAsync(RemoteTargets? remote, CancellationToken interrupted)
    {
        string[] targets = [.. remote is null ? selection.LocalTargets : remote.RoundTrip.IsFar ? selection.LocalTargets.Where(remote.Ready.Targets.ContainsKey) : []];
        return targets.Length == 0 ? null
            : await ServerStart.StartAsync(targets, options.Fault == Fault.BrokenResponses ? ["--break-half"] : [], options.PassedOn, interrupted);
    }

    private static RowPorts Ports(ComparisonPlan plan, RunContext context, TimeProvider time, RunProgress told, CancellationToken interrupted) => new()
    {
        Destination = row => context.Target(row.TargetId, row.Url, row.LinkMilliseconds).EndPoint(),
        Control = () => context.Target(Controls.OfComparison(context.RealUrls[0], context.HttpVersion)).EndPoint(),
        ConnectionsOfALaunch = row => plan.Of(row).ConnectionsOfALaunch,
        CallsToReal = row => plan.Of(row).TimedCalls,

        // BenchmarkDotNet calls its observer synchronously.
        Await = (row, destination, connections) =>
            PortBudget.EnsureAsync(destination, connections, time, left => told.Wait(row, left), interrupted).GetAwaiter().GetResult(),
        Free = destination => PortBudget.Read(destination).Free,
    };

    private ManualConfig Config(RowLedger ledger, string folder, Func<ResultFile> result)
    {
        var config = new ManualConfig()
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddAnalyser([.. DefaultConfig.Instance.GetAnalysers()])
            .AddValidator([.. DefaultConfig.Instance.GetValidators()])
            .AddExporter(MarkdownExporter.GitHub, CsvExporter.Default) // its JSON times an iteration, and names rows alike: ResultOutput writes ours
            .AddExporter(new TextExporter("timeit", _ => TimeitTable.Render(result())))
            .AddDiagnoser(new ConnectionsDiagnoser(ledger))
            .WithArtifactsPath(selection.Artifacts ?? folder);
        return config.AddLogger(_errors, options.Verbose ? ConsoleLogger.Default : NullLogger.Instance);
    }

    private static BenchmarkRunInfo Only(BenchmarkRunInfo run, ComparisonPlan plan, HashSet<RowKey> rows) => new(
        [.. run.BenchmarksCases.Where(benchmark => rows.Contains(plan.Of(benchmark).Key))], run.Type, run.Config);

    private ExitCode Show(ResultOutput files, ResultFile result, bool cut)
    {
        var kept = files.Show(result, TimeitTable.Render(result));
        return RunExit.Tell(result.Rows, cut, kept, Console.Error, options.RequireTargets);
    }
}
