using System.Runtime.InteropServices;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Reporting.Gate;
using ConnectionReuse.Results;

namespace ConnectionReuse.Bench.Gate;

/// <summary>The gate from two builds to its result: one pass, and another one over what it flagged.</summary>
/// <param name="options">What was asked.</param>
/// <param name="calibration">What is known of this kind of machine.</param>
/// <param name="progress">Told what goes on.</param>
/// <param name="time">Dates the run.</param>
internal sealed class GateRun(GateOptions options, Calibration calibration, Action<string> progress, TimeProvider time)
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
        var (start, clock) = (time.GetUtcNow(), time.GetTimestamp());
        var measurement = new GateMeasurement(Host([.. GateMeasurement.Builds.Zip([before.Folder, control, head.Folder])]), options.Change, progress, time);
        var passes = new List<GatePass> { await measurement.RunAsync(options.Plan, cancellationToken) };
        Check("base", before, measurement.Commits!.Value.Base);
        Check("head", head, measurement.Commits!.Value.Head);

        var times = passes[0].Rows.Count == 0 ? [] : TimeVerdicts.Of(passes[0].Rows, calibration);
        var flagged = options.Plan.Rows.Where(planned => times.Any(row => row.Name == planned.ToString() && row.Verdict == GateVerdict.Regression)).ToArray();
        if (flagged.Length > 0)
        {
            progress($"{string.Join(", ", flagged.Select(row => row.ToString()))}: measured again with another seed");
            passes.Add(await measurement.RunAsync(options.Plan with { Seed = options.Plan.Seed + 1, Rows = flagged }, cancellationToken));
            times = TimeVerdicts.Confirm(times, TimeVerdicts.Of(passes[1].Rows, calibration));
        }

        var patterns = options.EveryPattern ? await new PatternSweep(Host([("head", head.Folder)]), options.Change.Mutation, progress).RunAsync(cancellationToken) : [];
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
                    Seed = options.Plan.Seed,
                    BudgetSeconds = options.Plan.Budget?.TotalSeconds,
                },
            ],
            Rows = [],
            Ratios = [],
            Gate = new GateFindings
            {
                Base = Named(before, measurement.Commits.Value.Base),
                Head = Named(head, measurement.Commits.Value.Head),
                Rows = [.. CountVerdicts.Of(passes[0].Counts, calibration), .. options.EveryPattern ? PatternVerdicts.Of(patterns) : [], .. times, .. TimeVerdicts.Ratios(passes[0].Rows)],
                Passes = passes,
                Patterns = patterns,
            },
        };
    }

    private ProcessHost Host((string Name, string Folder)[] builds) => new()
    {
        Station = place => (builds[place].Name, GateRuntime.Under(Builds.StationOf(builds[place].Folder))),
        Server = GateRuntime.Under,
        Progress = progress,
        Time = time,
    };

    private static void Check(string name, Build build, string said)
    {
        if (build.Commit is { } commit && commit != said)
        {
            throw new IOException($"{name} should be commit {commit}, but its process says that it is {said}");
        }
    }

    private static string Named(Build build, string said) => build.Commit is null ? $"{build.Name} ({said[..Math.Min(7, said.Length)]})" : build.Name;
}
