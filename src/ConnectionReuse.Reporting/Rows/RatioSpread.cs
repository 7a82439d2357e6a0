using ConnectionReuse.Reporting.Statistics;
using ConnectionReuse.Results;
using MathNet.Numerics.Statistics;

namespace ConnectionReuse.Reporting.Rows;

/// <summary>
/// What makes the ratios of a run's rounds differ: three standard deviations of the logarithm of a round's ratio, about shares of
/// it. A nested analysis of variance, from the innermost level outwards; what is inside is taken off what is outside.
/// </summary>
/// <param name="Rounds">From one set of processes, and its minute, to the next.</param>
/// <param name="Turns">From turn to turn within a round.</param>
/// <param name="Iterations">From iteration to iteration within a turn; 0 where a turn has one.</param>
internal sealed record RatioSpread(double Rounds, double Turns, double Iterations)
{
    // Of a median of n normal values, as a multiple of that of their mean: pi / 2.
    private const double MedianVariance = Math.PI / 2;

    // The median distance of two normal values, in standard deviations.
    private const double NormalDistance = 0.9539;

    /// <summary>The spread of a pair's rounds.</summary>
    /// <returns>Null where the rows took no turns, or in fewer than <see cref="LogInterval.MinimumLaunches"/> rounds.</returns>
    public static RatioSpread? Of(RowPair pair)
    {
        ArgumentNullException.ThrowIfNull(pair);
        var rounds = Ratios.LaunchesOf(pair.Slow)
            .Join(Ratios.LaunchesOf(pair.Fast), round => round.Key, round => round.Key, (slow, fast) => (Slow: slow.First(), Fast: fast.First()))
            .Where(round => round.Slow.Turns > 1 && round.Slow.Turns == round.Fast.Turns)
            .ToArray();
        if (rounds.Length < LogInterval.MinimumLaunches)
        {
            return null;
        }

        var turns = rounds[0].Slow.Turns;
        double[][] ratios =
            [.. rounds.Select(round => Medians(round.Slow).Zip(Medians(round.Fast), (slow, fast) => Math.Log(slow / fast)).ToArray())];
        var ofIterations = (VarianceOfMedian(rounds.Select(round => round.Slow)) + VarianceOfMedian(rounds.Select(round => round.Fast))) / turns;
        var ofTurns = Variance(ratios) / turns;
        var ofRounds = ratios.Select(HodgesLehmann.Of).Variance();
        return new RatioSpread(Deviation(ofRounds - ofTurns), Deviation(ofTurns - ofIterations), Deviation(ofIterations));
    }

    private static double Deviation(double variance) => Math.Sqrt(Math.Max(0, variance));

    private static IEnumerable<double> Medians(Launch launch) => Ratios.TurnsOf(launch).Select(Samples.Median);

    private static double VarianceOfMedian(IEnumerable<Launch> launches)
    {
        double[][] turns = [.. launches.SelectMany(Ratios.TurnsOf).Select(iterations => iterations.Select(seconds => Math.Log(seconds)).ToArray())];
        var iterations = turns[0].Length;
        return iterations == 1 ? 0 : MedianVariance * Variance(turns) / iterations;
    }

    // Of the values of a group, by the median distance of two of them: some iterations take three times as long.
    private static double Variance(IEnumerable<double[]> groups)
    {
        var deviation = Samples.Median(groups.SelectMany(values => values.SelectMany((a, i) => values.Skip(i + 1).Select(b => Math.Abs(a - b))))) / NormalDistance;
        return deviation * deviation;
    }
}
