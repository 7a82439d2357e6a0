using ConnectionReuse.Bench.Comparing;
using ConnectionReuse.Reporting.Rows;
using ConnectionReuse.Reporting.Statistics;
using ConnectionReuse.Results;
using MathNet.Numerics.Distributions;
using Xunit;

namespace ConnectionReuse.Tests.Reporting;

/// <summary>
/// How often the intervals hold the true figure under noise like that of our machines: rounds drift by 10 %, launches
/// differ by 8 to 12 %, iterations by 20 %, and one iteration in twenty takes 2 to 6 times as long.
/// </summary>
public sealed class CoverageTests
{
    private const int Runs = 4000;
    private const double IterationNoise = 0.20;
    private const double Outliers = 0.05;

    // An outlier is practically always above the median, so the median is this quantile of the other iterations.
    private static readonly double MedianFactor = Math.Exp(IterationNoise * Normal.InvCDF(0, 1, 0.5 / (1 - Outliers)));

    // A local row opens connections or reuses one; a real target gets one iteration in each of three rounds.
    [Theory]
    [InlineData(Jobs.Rounds, RowPlanner.TlsTurns, 0.08)]
    [InlineData(Jobs.Rounds, RowPlanner.TlsTurns, 0.12)]
    [InlineData(Jobs.Rounds, RowPlanner.PlainTurns, 0.10)]
    [InlineData(Jobs.RealRounds, 1, 0.08)]
    [InlineData(Jobs.RealRounds, 1, 0.12)]
    public void The_interval_of_a_row_holds_the_true_time_as_often_as_it_says(int rounds, int iterations, double launchNoise)
    {
        var noise = new Noise(seed: 1, rounds, iterations);

        var coverage = Share(() =>
        {
            var row = noise.Row("shared", seconds: 0.02, launchNoise, noise.Drift(0)).WithFigures();
            return row.Low <= 0.02 * MedianFactor && 0.02 * MedianFactor <= row.High;
        });

        Assert.InRange(coverage, 0.93, 1);
    }

    [Theory]
    [InlineData(Jobs.Rounds, RowPlanner.TlsTurns, 0.08)]
    [InlineData(Jobs.Rounds, RowPlanner.TlsTurns, 0.12)]
    [InlineData(Jobs.Rounds, RowPlanner.PlainTurns, 0.10)]
    [InlineData(Jobs.RealRounds, 1, 0.08)]
    [InlineData(Jobs.RealRounds, 1, 0.12)]
    public void The_interval_of_a_ratio_holds_the_true_ratio_as_often_as_it_says(int rounds, int iterations, double launchNoise)
    {
        var noise = new Noise(seed: 2, rounds, iterations);

        var coverage = Share(() =>
        {
            var drift = noise.Drift(0.10);
            var ratio = Assert.Single(Ratios.Of(
                [noise.Row("fresh", seconds: 0.14, launchNoise, drift), noise.Row("shared", seconds: 0.02, launchNoise, drift)]));
            return ratio.Low <= 7 && 7 <= ratio.High;
        });

        Assert.InRange(coverage, 0.93, 1);
    }

    [Fact]
    public void A_percentile_bootstrap_over_as_few_launches_would_not()
    {
        var noise = new Noise(seed: 3, Jobs.Rounds, RowPlanner.PlainTurns);

        var coverage = Share(() =>
        {
            double[] logs = [.. noise.Row("shared", 0.02, 0.10, noise.Drift(0)).Launches.Select(launch => Math.Log(Samples.Median(launch.IterationSeconds)))];
            double[] means = [.. Enumerable.Range(0, 400).Select(_ => noise.Resample(logs).Average()).Order()];
            var truth = Math.Log(0.02 * MedianFactor);
            return means[10] <= truth && truth <= means[^11]; // 2.5 % beyond each end
        });

        Assert.InRange(coverage, 0.78, 0.88);
    }

    private static double Share(Func<bool> holds) => Enumerable.Range(0, Runs).Count(_ => holds()) / (double)Runs;

    private sealed class Noise(int seed, int rounds, int iterations)
    {
        private readonly Random _random = new(seed);

        public double[] Drift(double deviation) => [.. Enumerable.Range(0, rounds).Select(_ => Factor(deviation))];

        public ResultRow Row(string client, double seconds, double launchNoise, double[] drift) =>
            SampleRuns.Empty(TargetIds.KestrelHttp, client, RowStatus.Measured) with
            {
                Launches = [.. drift.Select((factor, index) => Launch(index + 1, seconds * factor * Factor(launchNoise)))],
            };

        public double[] Resample(double[] values) => _random.GetItems(values, values.Length);

        private Launch Launch(int round, double seconds) =>
            new(round, [.. Enumerable.Range(0, iterations).Select(_ => seconds * Factor(IterationNoise) * Outlier())]);

        private double Outlier() => _random.NextDouble() < Outliers ? 2 + (4 * _random.NextDouble()) : 1;

        private double Factor(double deviation) => Math.Exp(deviation * Normal.Sample(_random, 0, 1));
    }
}
