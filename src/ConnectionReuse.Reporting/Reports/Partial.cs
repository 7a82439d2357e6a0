using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.Reports;

/// <summary>
/// Whether a result lacks what the headline is of: the comparison of fresh and shared clients on the bare HTTPS server, in fresh
/// processes. A filtered run has some other ratio, and would change the newest headline without anything having changed.
/// </summary>
internal static class Partial
{
    /// <summary>Rounds of the comparison, unless it is asked for fewer.</summary>
    public const int Rounds = 5;

    /// <summary>The command that measures what is missing.</summary>
    public static readonly string Remedy = $"{ProgramName.Typed} --offline";

    /// <summary>What is missing, in words; null where nothing is.</summary>
    public static string? Complaint(ResultFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var group = ReportParts.Of(file).Local.FirstOrDefault(group => group.Target == TargetIds.KestrelHttps && ReportParts.IsPlain(group) && group.Rows.Any(IsOfTheComparison(file)));
        return group is null ? $"it has no comparison on {TargetIds.KestrelHttps}, which the headline of a report is of"
            : !file.Ratios.Any(ratio => group.Has(ratio) && ratio is { Slow: ClientIds.Fresh, Fast: ClientIds.Shared }) ? $"its comparison on {TargetIds.KestrelHttps} has no ratio of fresh to shared"
            : group.Rows.Where(IsOfTheComparison(file)).Min(row => row.Launches.Count) is < Rounds and var rounds ? $"its comparison on {TargetIds.KestrelHttps} has {rounds} of {Rounds} rounds"
            : null;
    }

    private static Func<ResultRow, bool> IsOfTheComparison(ResultFile file) => row => row.HasTimes() && file.RunOf(row).Kind == RunKind.Comparison;
}
