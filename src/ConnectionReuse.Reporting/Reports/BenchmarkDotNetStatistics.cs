using System.Text.Json.Nodes;
using MathNet.Numerics.Distributions;

namespace ConnectionReuse.Reporting.Reports;

/// <summary>Samples as BenchmarkDotNet's full JSON describes them.</summary>
internal static class BenchmarkDotNetStatistics
{
    private const int Level999 = 12; // BenchmarkDotNet's number for its confidence level of 99.9 %
    private const double Confidence = 0.999;

    /// <summary>The statistics of a row, with the members of BenchmarkDotNet: mean, median and the outliers by Tukey's fences are all there.</summary>
    /// <param name="values">Nanoseconds per operation, in the order of time.</param>
    public static JsonObject Of(double[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var sorted = values.Order().ToArray();
        var count = values.Length;
        var mean = values.Average();
        var variance = count == 1 ? 0 : values.Sum(value => (value - mean) * (value - mean)) / (count - 1);
        var deviation = Math.Sqrt(variance);
        var error = deviation / Math.Sqrt(count);
        var (q1, median, q3) = (Quantile(sorted, 0.25), Quantile(sorted, 0.5), Quantile(sorted, 0.75));
        var (lowerFence, upperFence) = (q1 - 1.5 * (q3 - q1), q3 + 1.5 * (q3 - q1));
        double[] lower = [.. sorted.Where(value => value < lowerFence)];
        double[] upper = [.. sorted.Where(value => value > upperFence)];
        var margin = count == 1 ? 0 : StudentT.InvCDF(0, 1, count - 1, (1 + Confidence) / 2) * error;
        return new JsonObject
        {
            ["OriginalValues"] = Array(values),
            ["N"] = count,
            ["Min"] = sorted[0],
            ["LowerFence"] = lowerFence,
            ["Q1"] = q1,
            ["Median"] = median,
            ["Mean"] = mean,
            ["Q3"] = q3,
            ["UpperFence"] = upperFence,
            ["Max"] = sorted[^1],
            ["InterquartileRange"] = q3 - q1,
            ["LowerOutliers"] = Array(lower),
            ["UpperOutliers"] = Array(upper),
            ["AllOutliers"] = Array([.. lower, .. upper]),
            ["StandardError"] = error,
            ["Variance"] = variance,
            ["StandardDeviation"] = deviation,
            ["Skewness"] = Moment(3),
            ["Kurtosis"] = Moment(4),
            ["ConfidenceInterval"] = new JsonObject
            {
                ["N"] = count,
                ["Mean"] = mean,
                ["StandardError"] = error,
                ["Level"] = Level999,
                ["Margin"] = margin,
                ["Lower"] = mean - margin,
                ["Upper"] = mean + margin,
            },
            ["Percentiles"] = new JsonObject(((int[])[0, 25, 50, 67, 80, 85, 90, 95, 100])
                .Select(percent => KeyValuePair.Create($"P{percent}", (JsonNode?)Quantile(sorted, percent / 100.0)))),
        };

        double Moment(int power) => deviation == 0 ? 0 : values.Average(value => Math.Pow(value - mean, power)) / Math.Pow(deviation, power);
    }

    // Hyndman and Fan's type 7, as BenchmarkDotNet has it.
    private static double Quantile(double[] sorted, double share)
    {
        var at = share * (sorted.Length - 1);
        var below = (int)at;
        return below + 1 < sorted.Length ? sorted[below] + (at - below) * (sorted[below + 1] - sorted[below]) : sorted[below];
    }

    private static JsonArray Array(IEnumerable<double> values) => new([.. values.Select(value => (JsonNode)value)]);
}
