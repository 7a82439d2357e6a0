using ConnectionReuse.Reporting.Statistics;
using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.Gate;

/// <summary>What the gate holds its measurements against.</summary>
internal static class GateRules
{
    /// <summary>The chance of one false alarm among the bytes of all rows.</summary>
    public const double Alpha = 0.01;

    /// <summary>The chance of one false alarm among all times of a pass, before its threshold; a flag must show in two passes.</summary>
    public const double TimeAlpha = 0.02;

    /// <summary>Differences in time below this share are nobody's business.</summary>
    public const double LeastTime = 0.03;

    /// <summary>
    /// The same for the rows together. In 57 runs of equal builds their mean differed by 0.5 % (standard deviation) and by 1.8 %
    /// at most, half as much as that of a row.
    /// </summary>
    public const double LeastTimeTogether = 0.02;

    /// <summary>A control that is off by more than this share says that the machine was disturbed.</summary>
    public const double Disturbed = 0.05;

    /// <summary>Differences in allocated bytes per request up to this are left alone.</summary>
    public const double LeastBytes = 64;

    /// <summary>Differences in allocated bytes per request up to this share are left alone.</summary>
    public const double LeastBytesShare = 0.01;

    /// <summary>Sets of processes of a pass unless asked otherwise.</summary>
    public const int Sets = 12;

    /// <summary>The fewest sets with which a pass over so many rows can reach <see cref="TimeAlpha"/>; several are tested together, too.</summary>
    public static int LeastSets(int rows) => LeastSetsOf(rows > 1 ? rows + 1 : rows);

    /// <summary>The fewest sets with which so many tests can reach <see cref="TimeAlpha"/>: n of them give 2^-n at best.</summary>
    public static int LeastSetsOf(int tests)
    {
        var sets = 1;
        while (SignedRank.LeastP(sets) * tests > TimeAlpha)
        {
            sets++;
        }

        return sets;
    }
}

/// <summary>
/// How far two builds of one commit have been apart on this kind of machine; the thresholds are never below it.
/// </summary>
/// <param name="Time">The largest share by row.</param>
/// <param name="Bytes">The largest difference in allocated bytes per request by row.</param>
internal sealed record Calibration(IReadOnlyDictionary<string, double> Time, IReadOnlyDictionary<string, double> Bytes)
{
    /// <summary>Where nothing is recorded.</summary>
    public static Calibration None { get; } = new(new Dictionary<string, double>(), new Dictionary<string, double>());

    /// <summary>The largest differences among the rows of recorded runs.</summary>
    public static Calibration Of(IEnumerable<GateRow> rows)
    {
        var told = rows.Where(row => row.Estimate is not null).ToArray();
        return new Calibration(
            Largest(told, GateMeasure.Time, estimate => Math.Max(estimate, 1 / estimate) - 1),
            Largest(told, GateMeasure.Allocations, Math.Abs));
    }

    private static Dictionary<string, double> Largest(GateRow[] rows, GateMeasure measure, Func<double, double> size) => rows
        .Where(row => row.Measure == measure)
        .GroupBy(row => row.Name)
        .ToDictionary(group => group.Key, group => group.Max(row => size(row.Estimate!.Value)), StringComparer.Ordinal);
}
