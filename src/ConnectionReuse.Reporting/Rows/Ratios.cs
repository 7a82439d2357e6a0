using ConnectionReuse.Reporting.Statistics;
using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.Rows;

/// <summary>
/// Ratios between rows of one comparison. Each round gives a ratio of its own, because neighbours in time compare best:
/// what slows a whole round down cancels out. Within a round of turns the same holds for the turns.
/// </summary>
internal static class Ratios
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
        var rounds = LaunchesOf(slow)
            .Join(LaunchesOf(fast), round => round.Key, round => round.Key, (s, f) => Round([.. s], slow.Requests, [.. f], fast.Requests))
            .ToArray();

        return LogInterval.Of([.. rounds.Select(round => round.Ratio)]) is not { } interval ? null : new ResultRatio
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
            SavedMillisecondsPerCall = 1000 * Samples.Median(rounds.Select(round => round.SavedSeconds)),
        };
    }

    internal static IEnumerable<IGrouping<int, Launch>> LaunchesOf(ResultRow row) =>
        row.Launches.Where(launch => launch.IterationSeconds.Count > 0).GroupBy(launch => launch.Round);

    private static (double Ratio, double SavedSeconds) Round(Launch[] slow, int slowRequests, Launch[] fast, int fastRequests)
    {
        if (slow is [{ Turns: > 1 } one] && fast is [{ } other] && one.Turns == other.Turns)
        {
            var turns = TurnsOf(one).Zip(TurnsOf(other), (s, f) => (Slow: Samples.Median(s) / slowRequests, Fast: Samples.Median(f) / fastRequests)).ToArray();
            return (
                Math.Exp(HodgesLehmann.Of([.. turns.Select(turn => Math.Log(turn.Slow / turn.Fast))])),
                HodgesLehmann.Of([.. turns.Select(turn => turn.Slow - turn.Fast)]));
        }

        var (s, f) = (SecondsPerCall(slow, slowRequests), SecondsPerCall(fast, fastRequests));
        return (s / f, s - f);
    }

    private static double SecondsPerCall(Launch[] launches, int requests) => Samples.Median(launches.SelectMany(launch => launch.IterationSeconds)) / requests;

    // The iterations of each turn, in the order of time.
    internal static IEnumerable<double[]> TurnsOf(Launch launch) => launch.IterationSeconds.Chunk(launch.IterationSeconds.Count / launch.Turns);
}
