using System.Diagnostics;
using System.Runtime.InteropServices;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Measuring;
using ConnectionReuse.Reporting.Gate;
using ConnectionReuse.Results;

namespace ConnectionReuse.Bench.Gate;

/// <summary>The gate from two builds to its result: one pass, and another one over what it flagged.</summary>
/// <param name="options">What was asked.</param>
/// <param name="calibration">What is known of this kind of machine.</param>
/// <param name="host">Starts a server, and stations of builds: their names and folders.</param>
/// <param name="progress">Told what goes on.</param>
/// <param name="time">Dates the run.</param>
internal sealed class GateRun(
    GateOptions options, Calibration calibration, Func<IReadOnlyList<(string Name, string Folder)>, IMeasuringHost> host, Action<string> progress, TimeProvider time)
{
    /// <summary>The kind of machine that this is, such as <c>linux-x64-2</c>.</summary>
    public static string Machine { get; } = string.Create(null,
        $"{(OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "macos" : "linux")}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}-{Environment.ProcessorCount}");

    /// <summary>Measures and judges.</summary>
    /// <param name="before">The build that is held against.</param>
    /// <param name="control">The same build in another folder.</param>
    /// <param name="head">The build in question.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <exception cref="IOException">A process is gone, or is not the commit that it should be.</exception>
    public async Task<ResultFile> RunAsync(Build before, string control, Build head, CancellationToken cancellationToken)
    {
        var environment = await EnvironmentReader.ReadAsync(PassedOn.Nothing, cancellationToken) with { RuntimeSettings = GateRuntime.Words };
        var (start, clock, kernel) = (time.GetUtcNow(), time.GetTimestamp(), KernelTotals.Read());
        var measurement = new GateMeasurement(host([.. GateMeasurement.Builds.Zip([before.Folder, control, head.Folder])]), options.Change, progress, time)
        {
            Patterns = options.Patterns,
            Folders = [before.Folder, control, head.Folder],
        };
        var asked = await AskAsync("base", before, cancellationToken);
        StationRow[] missing = asked.Patterns.Count == 0 ? [] : [.. options.Plan.Rows.Where(row => !asked.Patterns.Contains(row.Client))];
        var plan = options.Plan with { Rows = [.. options.Plan.Rows.Except(missing)] };
        var passes = new List<GatePass> { plan.Rows.Count == 0 ? new GatePass(plan.Seed, [], []) : await measurement.RunAsync(plan, cancellationToken) };
        var commits = measurement.Commits ?? (asked.Commit, (await AskAsync("head", head, cancellationToken)).Commit);
        Check("base", before, commits.Base);
        Check("head", head, commits.Head);

        var times = passes[0].Rows.Count == 0 ? [] : TimeVerdicts.Of(passes[0].Rows, calibration, options.Policy);
        var flagged = times.Where(row => row.Verdict == GateVerdict.Regression).Select(row => row.Name).ToHashSet();
        if (flagged.Count > 0)
        {
            progress($"{string.Join(", ", flagged)}: measured again with another seed");
            var again = flagged.Contains(TimeVerdicts.Together) ? plan.Rows : [.. plan.Rows.Where(row => flagged.Contains(row.ToString()))];
            passes.Add(await measurement.RunAsync(plan with { Seed = plan.Seed + 1, Rows = again }, cancellationToken));
            times = TimeVerdicts.Confirm(times, TimeVerdicts.Of(passes[1].Rows, calibration, options.Policy, flagged));
        }

        // Of a client that base lacks the connections are still told.
        var swept = options.EveryPattern ? PatternSweep.Rows : missing;
        var patterns = swept.Count > 0 ? await new PatternSweep(host([("head", head.Folder)]), options.Change.Mutation, progress) { Patterns = options.Patterns, Folder = head.Folder }.RunAsync(swept, cancellationToken) : [];
        return new ResultFile
        {
            Environment = environment,
            Runs =
            [
                new Run
                {
                    Kind = RunKind.Gate,
                    CommandLine = options.CommandLine,
                    Start = start,
                    DurationSeconds = time.GetElapsedTime(clock).TotalSeconds,
                    Interference = KernelTotals.Read().Since(kernel),
                    Seed = options.Plan.Seed,
                    BudgetSeconds = options.Plan.Budget?.TotalSeconds,
                },
            ],
            Rows = [],
            Ratios = [],
            Gate = new GateFindings
            {
                Base = Named(before, commits.Base),
                Head = Named(head, commits.Head),
                Rows = new[]
                {
                    [.. missing.Select(row => PolicyVerdicts.Missing(row.ToString(), options.Policy))],
                    CountVerdicts.Of(passes[0].Counts, calibration, options.Policy),
                    swept.Count > 0 ? PatternVerdicts.Of(patterns, options.EveryPattern ? PatternVerdicts.Others : PatternVerdicts.NewInHead) : [],
                    TimeVerdicts.Told(times, options.Policy),
                    TimeVerdicts.Ratios(passes[0].Rows),
                }.SelectMany(rows => rows).Under(options.Policy),
                Passes = passes,
                Patterns = patterns,
            },
        };
    }

    /// <summary>The processes of a gate.</summary>
    /// <param name="progress">Told what is waited for.</param>
    /// <param name="time">Measures patience.</param>
    /// <param name="station">The command of a station for the build in a folder.</param>
    /// <param name="serverOptions">Options of the server, such as what it answers with.</param>
    public static Func<IReadOnlyList<(string Name, string Folder)>, IMeasuringHost> Processes(
        Action<string> progress, TimeProvider time, Func<string, ProcessStartInfo> station, IReadOnlyList<string> serverOptions) => builds => new ProcessHost
        {
            Station = place => (builds[place].Name, GateRuntime.Under(station(builds[place].Folder))),
            Server = GateRuntime.Under,
            ServerOptions = serverOptions,
            Progress = progress,
            Time = time,
        };

    // Before anything is timed: a station that is told of a client it does not have ends. One that is too old to be asked knows no patterns.
    private async Task<(string Commit, IReadOnlyList<string> Patterns)> AskAsync(string name, Build build, CancellationToken cancellationToken)
    {
        await using var set = await host([(name, build.Folder)]).StartStationsAsync(1, new Random(0));
        var commit = await set.Stations[0].GreetAsync(new StationSetup { Targets = new Dictionary<string, StationTarget>(), Patterns = options.Patterns.In(build.Folder) }, cancellationToken);
        return (commit, await set.Stations[0].PatternsAsync(cancellationToken));
    }

    private static void Check(string name, Build build, string said)
    {
        if (build.Commit is { } commit && commit != said)
        {
            throw new IOException($"{name} should be commit {commit}, but its process says that it is {said}");
        }
    }

    private static string Named(Build build, string said) => build is { Commit: null, IsUsers: false } ? $"{build.Name} ({said[..Math.Min(7, said.Length)]})" : build.Name;
}
