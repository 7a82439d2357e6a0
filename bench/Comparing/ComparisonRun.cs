using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Exporters.Csv;
using BenchmarkDotNet.Exporters.Json;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using ConnectionReuse.Bench.Benchmarks;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.BenchmarkDotNet;
using ConnectionReuse.Ports;
using ConnectionReuse.Reporting.Tables;
using ConnectionReuse.Results;
using ConnectionReuse.Servers;
using ConnectionReuse.Turns;
using Spectre.Console;

namespace ConnectionReuse.Bench.Comparing;

/// <summary>The comparison from options to result file.</summary>
/// <param name="options">What was asked.</param>
/// <param name="selection">The rows that it is about.</param>
/// <param name="console">Where it is shown.</param>
/// <param name="time">Dates the run.</param>
internal sealed class ComparisonRun(ComparisonOptions options, Selection selection, IAnsiConsole console, TimeProvider time)
{
    private readonly TextWriter _out = console.Profile.Out.Writer;
    private readonly ComparisonPlan _plan = selection.Plan(options.Seed ?? Random.Shared.Next());

    /// <summary>Runs and writes the comparison.</summary>
    /// <returns>How the program ends.</returns>
    /// <exception cref="UserException">Nothing could be measured.</exception>
    public async Task<ExitCode> RunAsync(CancellationToken interrupted)
    {
        var run = new Run
        {
            Kind = RunKind.Comparison,
            CommandLine = options.CommandLine,
            Start = time.GetUtcNow(),
            DurationSeconds = null,
            Seed = _plan.Seed,
            Fault = options.Fault?.ToString(),
        };
        var environment = await EnvironmentReader.ReadAsync(interrupted);
        using var shared = TemporaryFolder.Create();
        try
        {
            await using var server = await StartServerAsync(interrupted);
            await using var links = new LinkedServers();
            await links.StartAsync(selection.Links, interrupted);
            var context = new RunContext
            {
                Rows = _plan.ByBenchmark,
                UserAgent = options.UserAgent,
                Server = server?.Ready,
                Linked = links.Ready,
                RealUrls = options.RealUrls,
                UntimedCores = Placement.Cores(),
                SharedAsksToClose = options.Fault == Fault.SharedClose,
            };
            context.Announce(shared.FullName);
            return await MeasureAsync(environment, run, context, server, shared.FullName, interrupted);
        }
        finally
        {
            RunContext.Retract();
        }
    }

    private async Task<ExitCode> MeasureAsync(
        RunEnvironment environment, Run run, RunContext context, ServerProcess? server, string shared, CancellationToken interrupted)
    {
        var folder = Folders.NewRun(options.Out, run.Start);
        var files = new ResultOutput(new(folder), options.Json, options.Markdown, _out, Console.Error);
        var ledger = new RowLedger(_plan, row => row.Url ?? PublicUrl.Of(context.UrlOf(row.TargetId)));
        var progress = new RunProgress(console, time);
        var observer = new RunObserver
        {
            Plan = _plan,
            Ledger = ledger,
            Progress = progress,
            Server = server,
            Ports = Ports(context, progress, interrupted),
            Save = () => files.Keep(Result()),
            LeaveAlone = urls => (context with { LeftAlone = urls }).Save(shared),
            Interrupted = interrupted,
        };
        var turns = new TurnsToolchain(new PrebuiltToolchain(), observer.Turns());
        var runs = selection.Runs(Config(ledger, folder, Result), turns);
        var cut = false;
        try
        {
            var firstCalls = new FirstCalls(context, _plan, ledger, _out);
            var reachable = await firstCalls.ShowAsync(interrupted);
            await firstCalls.WarmServersAsync(interrupted);
            reachable.ExceptWith(await ExhaustionRows.SettleAsync(_plan, ledger, progress, interrupted));
            var remaining = runs.Select(run => Only(run, reachable)).Where(run => run.BenchmarksCases.Length > 0).ToArray();
            if (remaining.Length > 0)
            {
                var launches = remaining.SelectMany(run => run.BenchmarksCases).Sum(benchmark => _plan.Of(benchmark).Rounds);
                progress.While(launches, () => BenchmarkRunner.Run(remaining));
                interrupted.ThrowIfCancellationRequested();
            }
        }
        catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
        {
            cut = true;
        }
        catch (IOException)
        {
            Show(files, Result(), cut); // a server that died, or ports that ran out: what is measured is kept
            throw;
        }

        return Show(files, Result(), cut);

        ResultFile Result() =>
            ledger.ToResult(environment, run with { DurationSeconds = (time.GetUtcNow() - run.Start).TotalSeconds });
    }

    private async Task<ServerProcess?> StartServerAsync(CancellationToken interrupted) => selection.LocalTargets.Count == 0 ? null
        : await ServerStart.StartAsync(selection.LocalTargets, options.Fault == Fault.BrokenResponses ? ["--break-half"] : [], interrupted);

    private RowPorts Ports(RunContext context, RunProgress progress, CancellationToken interrupted) => new()
    {
        Destination = row => context.Target(row.TargetId, row.Url, row.LinkMilliseconds).EndPoint(),
        Control = () => context.Target(TargetIds.KestrelHttps).EndPoint(),
        ConnectionsOfALaunch = row => _plan.Of(row).ConnectionsOfALaunch,
        CallsToReal = row => _plan.Of(row).TimedCalls,

        // BenchmarkDotNet calls its observer synchronously.
        Await = (row, destination, connections) =>
            PortBudget.EnsureAsync(destination, connections, time, left => progress.Wait(row, left), interrupted).GetAwaiter().GetResult(),
        Free = destination => PortBudget.Read(destination).Free,
    };

    private ManualConfig Config(RowLedger ledger, string folder, Func<ResultFile> result)
    {
        var config = new ManualConfig()
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddAnalyser([.. DefaultConfig.Instance.GetAnalysers()])
            .AddValidator([.. DefaultConfig.Instance.GetValidators()])
            .AddExporter(MarkdownExporter.GitHub, CsvExporter.Default, JsonExporter.Full)
            .AddExporter(new TextExporter("timeit", _ => TimeitTable.Render(result())))
            .AddDiagnoser(new ConnectionsDiagnoser(ledger))
            .WithArtifactsPath(selection.Artifacts ?? folder);
        return config.AddLogger(options.Verbose ? ConsoleLogger.Default : NullLogger.Instance);
    }

    private BenchmarkRunInfo Only(BenchmarkRunInfo run, HashSet<RowKey> rows) => new(
        [.. run.BenchmarksCases.Where(benchmark => rows.Contains(_plan.Of(benchmark).Key))], run.Type, run.Config);

    private ExitCode Show(ResultOutput files, ResultFile result, bool cut)
    {
        var kept = files.Show(result, TimeitTable.Render(result));
        return cut ? ExitCode.Interrupted
            : !kept ? ExitCode.CouldNotMeasure
            : result.Rows.Any(row => row.Status == RowStatus.Failed) ? ExitCode.DoesNotHold
            : options.RequireTargets && result.Rows.Any(row => row.Status == RowStatus.Unreachable) ? ExitCode.CouldNotMeasure
            : ExitCode.Done;
    }
}
