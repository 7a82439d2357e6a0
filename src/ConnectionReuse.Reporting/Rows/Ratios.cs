using ConnectionReuse.Reporting.Statistics;
using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.Rows;

/// <summary>
/// Ratios between rows of one comparison. Each round gives a ratio of its own, because neighbours in time compare best:
/// what slows a whole round down cancels out.
/// </summary>
public static class Ratios
{
    /// <summary>Every ratio that the rows' rounds support; a pair with too few rounds in common has none.</summary>
    /// <param name="rows">Rows of any targets; only those with times take part.</param>
    public static IReadOnlyList<ResultRatio> Of(IEnumerable<ResultRow> rows) =>
        [.. RowGroup.Of(rows).SelectMany(RowPair.Of).Select(Of).OfType<ResultRatio>()];

    /// <summary>The ratio of one pair, over the rounds that both rows completed.</summary>
    /// <returns>Null with fewer than <see cref="LogInterval.MinimumLaunches"/> such rounds.</returns>
    public static ResultRatio? Of(RowPair pair)
    {
        ArgumentNullException.ThrowIfNull(pair);
        var (slow, fast, kind) = pair;
        var rounds = SecondsPerCall(slow)
            .Join(SecondsPerCall(fast), round => round.Key, round => round.Key, (s, f) => (Slow: s.Value, Fast: f.Value))
            .ToArray();

        return LogInterval.Of([.. rounds.Select(round => round.Slow / round.Fast)]) is not { } interval ? null : new ResultRatio
        {
            Target = slow.Target,
            Parameters = slow.Parameters,
            Kind = kind,
            Slow = slow.Client,
            Fast = fast.Client,
            Value = interval.Value,
            Low = interval.Low,
            High = interval.High,
            Confidence = interval.Confidence,
            Rounds = rounds.Length,
            SavedMillisecondsPerCall = 1000 * Samples.Median(rounds.Select(round => round.Slow - round.Fast)),
        };
    }

    private static Dictionary<int, double> SecondsPerCall(ResultRow row) =>
        row.Launches.Where(launch => launch.IterationSeconds.Count > 0).GroupBy(launch => launch.Round).ToDictionary(
            round => round.Key,
            round => Samples.Median(round.SelectMany(launch => launch.IterationSeconds)) / row.Requests);
}
