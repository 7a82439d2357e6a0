using ConnectionReuse.Bench.Running;
using ConnectionReuse.Measuring;
using ConnectionReuse.Reporting.Gate;
using ConnectionReuse.Results;

namespace ConnectionReuse.Bench.Gate;

/// <summary>Clients held against their budgets: connections and bytes, in seconds, without another build.</summary>
/// <param name="patterns">The clients that there are.</param>
/// <param name="budgets">What they may use.</param>
/// <param name="host">Starts the server, and one station.</param>
/// <param name="time">Dates the run.</param>
internal sealed class BudgetRun(GuardedPatterns patterns, ConnectionBudgets budgets, IMeasuringHost host, TimeProvider time)
{
    // The first one compiles what counting needs; of the others the least bytes are the calls' own.
    private const int Repeats = 3;

    /// <summary>The rows: every client that has a budget, over HTTP and HTTPS.</summary>
    /// <exception cref="UserException">A client with a budget is not there, or cannot be counted so.</exception>
    public IReadOnlyList<StationRow> Rows =>
        GateOptions.PlanOf(GateOptions.DefaultBudget, sets: null, countsOnly: true, [.. budgets.Clients.Keys], seed: 0, patterns).Rows;

    /// <summary>Counts and judges.</summary>
    /// <param name="build">The build in question.</param>
    /// <param name="budgetFile">The name of the budgets' file.</param>
    /// <param name="commandLine">The command line as it may be published.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="IOException">The server or the station is gone or silent.</exception>
    public async Task<ResultFile> RunAsync(Build build, string budgetFile, string commandLine, CancellationToken cancellationToken)
    {
        var environment = await EnvironmentReader.ReadAsync(PassedOn.Nothing, cancellationToken) with { RuntimeSettings = GateRuntime.Words };
        var (start, clock) = (time.GetUtcNow(), time.GetTimestamp());
        var counted = await CountAsync(build, cancellationToken);
        return new ResultFile
        {
            Environment = environment,
            Runs = [new Run { Kind = RunKind.Gate, CommandLine = commandLine, Start = start, DurationSeconds = time.GetElapsedTime(clock).TotalSeconds }],
            Rows = [],
            Ratios = [],
            Gate = new GateFindings { Base = budgetFile, Head = build.Name, Rows = budgets.Judge(counted), Patterns = counted },
        };
    }

    private async Task<IReadOnlyList<PatternCounts>> CountAsync(Build build, CancellationToken cancellationToken)
    {
        var rows = Rows;
        string[] targets = [.. rows.Select(row => row.Target).Distinct()];
        await using var server = await host.StartServerAsync(targets, cancellationToken);
        foreach (var target in targets)
        {
            await host.EnsurePortsAsync(target, server.Ready.Targets[target].Port, rows.Count * (Repeats + 1) * budgets.Calls, cancellationToken);
        }

        await using var set = await host.StartStationsAsync(1, new Random(0));
        var station = set.Stations[0];
        await station.GreetAsync(new StationSetup { Targets = StationSetup.Local(server.Ready, targets), Patterns = patterns.In(build.Folder) }, cancellationToken);
        var counted = new List<PatternCounts>();
        foreach (var row in rows)
        {
            counted.Add(await CountAsync(station, row, cancellationToken));
        }

        server.ThrowIfEnded();
        return counted;
    }

    private async Task<PatternCounts> CountAsync(Station station, StationRow row, CancellationToken cancellationToken)
    {
        var declared = patterns.Of(row).Declare(budgets.Calls);
        try
        {
            var counts = new List<Counts>();
            for (var i = 0; i < Repeats; i++)
            {
                counts.Add((await station.ProveAsync(row, budgets.Calls, cancellationToken)).Counts);
            }

            return new PatternCounts(row.Target, row.Client, declared, GateMeasurement.CountsOf(counts), Failure: null);
        }
        catch (FailedAnswerException e)
        {
            return new PatternCounts(row.Target, row.Client, declared, Seen: null, e.Reason);
        }
    }
}
