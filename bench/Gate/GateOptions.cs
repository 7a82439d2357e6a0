using ConnectionReuse.Bench.Commands;
using ConnectionReuse.Clients;
using ConnectionReuse.Reporting.Gate;

namespace ConnectionReuse.Bench.Gate;

/// <summary>What the user asked of the gate, checked.</summary>
public sealed record GateOptions
{
    /// <summary>The measuring part's time unless asked otherwise, in seconds; a confirming run takes as long again.</summary>
    public const int DefaultBudget = 90;

    /// <summary>Pairs that only count.</summary>
    private const int CountingPairs = 3;

    /// <summary>Decides every order.</summary>
    public required int Seed { get; init; }

    /// <summary>Where the report goes.</summary>
    public required string Out { get; init; }

    /// <summary>What is measured.</summary>
    public required MeasurementPlan Plan { get; init; }

    /// <summary>The plan that a budget allows.</summary>
    /// <param name="seconds">The budget.</param>
    /// <param name="pairs">Pairs that were asked for; null for as many as planned or fit.</param>
    /// <param name="countsOnly">Whether no time is measured.</param>
    /// <param name="clients">The clients to compare, by their patterns' ids; empty for the usual ones, and a count of all.</param>
    /// <exception cref="UserException">The budget cannot reach the level, or a client cannot be compared.</exception>
    public static MeasurementPlan PlanOf(int seconds, int? pairs, bool countsOnly, IReadOnlyCollection<string> clients)
    {
        ArgumentNullException.ThrowIfNull(clients);
        var everyPattern = clients.Count == 0;
        var keys = everyPattern ? GateKey.Default : GateKey.Of(clients.Distinct().Select(Sequential));
        if (countsOnly)
        {
            return pairs > Measurement.CountedPairs
                ? throw new UserException(ExitCode.WrongUse, $"--pairs {pairs}: counts are exact, and {Measurement.CountedPairs} pairs tell them")
                : new MeasurementPlan { Pairs = pairs ?? CountingPairs, Budget = null, Keys = keys, EveryPattern = everyPattern };
        }

        var least = GateRules.LeastPairs(keys.Count);
        var fitting = (int)(seconds / Measurement.ShortestPair.TotalSeconds);
        return fitting < least
            ? throw new UserException(ExitCode.WrongUse, $"--budget {seconds}: {least} pairs are needed to reach the level, and each takes {Measurement.ShortestPair.TotalSeconds:0} s; {least * Measurement.ShortestPair.TotalSeconds:0} s or more")
            : pairs < least ? throw new UserException(ExitCode.WrongUse, $"--pairs {pairs}: {least} pairs are needed to reach the level; --counts needs fewer")
            : pairs > fitting ? throw new UserException(ExitCode.WrongUse, $"--pairs {pairs}: --budget {seconds} has room for {fitting}")
            : new MeasurementPlan { Pairs = pairs ?? Math.Min(GateRules.Pairs, fitting), Budget = TimeSpan.FromSeconds(seconds), Keys = keys, EveryPattern = everyPattern };
    }

    // Lock-step alternates short batches of calls, one after another.
    private static string Sequential(string client) =>
        !ClientPatterns.All.TryGetValue(client, out var pattern)
            ? throw new UserException(ExitCode.WrongUse, $"--client {client}: no such client{(Nearest.To(client, ClientPatterns.All.Keys) is { } near ? $"; did you mean {near}?" : "")}")
        : pattern.Pause > TimeSpan.Zero || pattern.InFlight is not null
            ? throw new UserException(ExitCode.WrongUse, $"--client {client}: its calls wait or overlap; the gate compares calls that follow each other")
        : client;
}
