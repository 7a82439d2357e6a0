using ConnectionReuse.Bench.Running;
using ConnectionReuse.Clients;
using ConnectionReuse.Measuring;
using ConnectionReuse.Reporting.Gate;

namespace ConnectionReuse.Bench.Gate;

/// <summary>What the user asked of the gate, checked.</summary>
internal sealed record GateOptions
{
    /// <summary>The measuring part's time unless asked otherwise, in seconds; a confirming run takes as long again.</summary>
    public const int DefaultBudget = 90;

    // Counts are exact, so some sets tell them.
    private const int SetsThatOnlyCount = 3;
    private const int CountedSets = 6;

    /// <summary>The command line as it may be published.</summary>
    public required string CommandLine { get; init; }

    /// <summary>Where the result goes.</summary>
    public required string Out { get; init; }

    /// <summary>What is measured.</summary>
    public required Plan Plan { get; init; }

    /// <summary>What is done to head on purpose.</summary>
    public HeadChange Change { get; init; } = HeadChange.None;

    /// <summary>What the project wants of its gate.</summary>
    public GatePolicy Policy { get; init; } = GatePolicy.Default;

    /// <summary>The client patterns of both builds.</summary>
    public GuardedPatterns Patterns { get; init; } = GuardedPatterns.Own;

    /// <summary>Whether every client pattern of head is counted too.</summary>
    public required bool EveryPattern { get; init; }

    /// <summary>The plan that a budget allows.</summary>
    /// <param name="seconds">The budget.</param>
    /// <param name="sets">Sets of processes that were asked for; null for as many as planned or fit.</param>
    /// <param name="countsOnly">Whether no time is measured.</param>
    /// <param name="clients">The clients to compare, by their patterns' ids; empty for the usual ones.</param>
    /// <param name="seed">Decides every order.</param>
    /// <param name="patterns">The patterns that there are; null for this program's own.</param>
    /// <exception cref="UserException">The budget cannot reach the level, or a client cannot be compared.</exception>
    public static Plan PlanOf(int seconds, int? sets, bool countsOnly, IReadOnlyCollection<string> clients, int seed, GuardedPatterns? patterns = null)
    {
        var known = patterns ?? GuardedPatterns.Own;
        var rows = clients.Count == 0 ? GateRows.Default : GateRows.Of(clients.Distinct().Select(client => Sequential(client, known.ById)));
        var plan = new Plan { Stations = GateMeasurement.Builds, Rows = rows, Sets = sets ?? SetsThatOnlyCount, CountedSets = CountedSets, Seed = seed };
        if (countsOnly)
        {
            return sets > CountedSets
                ? throw new UserException(ExitCode.WrongUse, $"--sets {sets}: counts are exact, and {CountedSets} sets tell them")
                : plan;
        }

        var least = GateRules.LeastSets(rows.Count);
        var shortest = GateMeasurement.ShortestSet.TotalSeconds;
        var fitting = (int)(seconds / shortest);
        return fitting < least
            ? throw new UserException(ExitCode.WrongUse, $"--budget {seconds}: {least} sets are needed to reach the level, and each takes {shortest:0} s; {least * shortest:0} s or more")
            : sets < least ? throw new UserException(ExitCode.WrongUse, $"--sets {sets}: {least} sets are needed to reach the level; --counts needs fewer")
            : sets > fitting ? throw new UserException(ExitCode.WrongUse, $"--sets {sets}: --budget {seconds} has room for {fitting}")
            : plan with { Sets = sets ?? Math.Min(GateRules.Sets, fitting), Budget = TimeSpan.FromSeconds(seconds) };
    }

    // Turns are short blocks of calls, one after another.
    private static string Sequential(string client, IReadOnlyDictionary<string, ClientPattern> patterns) =>
        !patterns.TryGetValue(client, out var pattern)
            ? throw new UserException(ExitCode.WrongUse, $"--client {client}: no such client; {Suggestion.Asked(client, patterns.Keys, "--filter * --list flat shows them all")}")
        : pattern.Pause > TimeSpan.Zero || pattern.InFlight is not null
            ? throw new UserException(ExitCode.WrongUse, $"--client {client}: its calls wait or overlap; the gate compares calls that follow each other")
        : client;
}
