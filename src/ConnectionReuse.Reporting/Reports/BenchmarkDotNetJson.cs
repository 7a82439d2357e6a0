using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ConnectionReuse.Reporting.Rows;
using ConnectionReuse.Results;
using MathNet.Numerics.Distributions;

namespace ConnectionReuse.Reporting.Reports;

/// <summary>
/// A result file as BenchmarkDotNet's full JSON: what dotnet/performance's ResultsComparer and github-action-benchmark
/// read. An operation is an iteration; rows without times are left out, because those tools want figures of each.
/// </summary>
internal static class BenchmarkDotNetJson
{
    private const string Namespace = "ConnectionReuse";
    private const int Level999 = 12; // BenchmarkDotNet's number for its confidence level of 99.9 %
    private const double Confidence = 0.999;

    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The text; it ends with a line feed.</summary>
    public static string Of(ResultFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var environment = file.Environment;
        var title = file.Start.UtcDateTime.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        return new JsonObject
        {
            ["Title"] = $"{Namespace}-{title}",
            ["HostEnvironmentInfo"] = new JsonObject
            {
                ["BenchmarkDotNetCaption"] = "BenchmarkDotNet",
                ["BenchmarkDotNetVersion"] = environment.BenchmarkDotNet,
                ["OsVersion"] = environment.Os,
                ["ProcessorName"] = environment.Cpu ?? "",
                ["LogicalCoreCount"] = environment.LogicalCores,
                ["RuntimeVersion"] = environment.Runtime,
                ["Architecture"] = environment.Architecture,
                ["Configuration"] = "RELEASE",
                ["DotNetCliVersion"] = environment.Sdk ?? "",
            },
            ["Benchmarks"] = new JsonArray([.. file.Rows.Where(row => row.HasTimes()).GroupBy(FullName).Select(rows => (JsonNode)Benchmark(rows.First()))]),
        }.ToJsonString(Compact) + "\n";
    }

    // Their key: the same for the same row of every run, so without a local target's port.
    private static string FullName(ResultRow row) => $"{Namespace}.{row.Target}.{row.Client}{ParameterText.Sorted(row.Parameters, ", ", ": ") switch { "" => "", var parameters => $"({parameters})" }}";

    private static JsonObject Benchmark(ResultRow row)
    {
        var benchmark = new JsonObject
        {
            ["DisplayInfo"] = FullName(row),
            ["Namespace"] = Namespace,
            ["Type"] = row.Target,
            ["Method"] = row.Client,
            ["MethodTitle"] = row.Client,
            ["Parameters"] = ParameterText.Sorted(row.Parameters, ", ", ": "),
            ["FullName"] = FullName(row),
            ["Statistics"] = Statistics([.. row.Launches.SelectMany(launch => launch.IterationSeconds).Select(Nanoseconds)]),
        };
        if (row.AllocatedBytesPerRequest is { } allocated)
        {
            benchmark["Memory"] = new JsonObject
            {
                ["TotalOperations"] = row.Launches.Sum(launch => launch.IterationSeconds.Count),
                ["BytesAllocatedPerOperation"] = (long)Math.Round(allocated * row.Requests),
            };
        }

        benchmark["Measurements"] = new JsonArray([.. row.Launches.SelectMany(launch => launch.IterationSeconds.Select((seconds, index) => (JsonNode)new JsonObject
        {
            ["IterationMode"] = "Workload",
            ["IterationStage"] = "Result",
            ["LaunchIndex"] = launch.Round,
            ["IterationIndex"] = index + 1,
            ["Operations"] = 1,
            ["Nanoseconds"] = Nanoseconds(seconds),
        }))]);
        return benchmark;
    }

    // A sample is a whole number of nanoseconds, as BenchmarkDotNet has them.
    private static double Nanoseconds(double seconds) => Math.Round(seconds * 1e9);

    private static JsonObject Statistics(double[] values)
    {
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
