using ConnectionReuse.Results;

namespace ConnectionReuse.Bench.Comparing;

/// <summary>Rows that are measured together, each in a process of its own, round by round.</summary>
/// <param name="Name">What tells them from others.</param>
/// <param name="Tls">Whether they speak TLS.</param>
/// <param name="Rows">How many there are.</param>
/// <param name="Rounds">How often they are measured.</param>
/// <param name="Waits">What they wait in a round, one after the other.</param>
internal sealed record PlannedRounds(string Name, bool Tls, int Rows, int Rounds, TimeSpan Waits)
{
    /// <summary>The rounds of rows that have a name in common.</summary>
    public static PlannedRounds Of(IGrouping<string, PlannedRow> set)
    {
        ArgumentNullException.ThrowIfNull(set);
        return new PlannedRounds(
            set.Key,
            set.Any(row => TargetIds.IsTls(row.Key.TargetId) || row.Key.Url?.StartsWith("https:", StringComparison.Ordinal) == true),
            set.Count(),
            set.Max(row => row.Rounds),
            TimeSpan.FromTicks(set.Sum(row => row.Waits.Ticks)));
    }
}
