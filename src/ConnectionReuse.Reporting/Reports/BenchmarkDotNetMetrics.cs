using System.Text.Json.Nodes;
using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.Reports;

/// <summary>Figures of a row beside its times, as BenchmarkDotNet's full JSON has metrics: allocated memory, and how long single calls took.</summary>
internal static class BenchmarkDotNetMetrics
{
    private const int OfTime = 1; // BenchmarkDotNet's UnitType
    private const int OfSize = 2;

    /// <summary>The metrics; none where nobody counted the memory, for ResultsComparer asks every row that has metrics for that one.</summary>
    public static JsonArray Of(ResultRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return row.AllocatedBytesPerRequest is not { } allocated ? [] : new JsonArray(
        [
            // As BenchmarkDotNet's memory diagnoser describes it.
            Metric(Math.Round(allocated), "Allocated Memory", "Allocated", "Allocated memory per single operation (managed only, inclusive, 1KB = 1024B)", "0.##", OfSize, "B", 3),
            .. row.CallTimes is { } calls ? Percentiles(calls) : [],
        ]);
    }

    private static IEnumerable<JsonObject> Percentiles(CallTimes calls) =>
        from percentile in ((string Name, double? Seconds, string Legend, int Priority)[])
        [
            ("p50", calls.P50Seconds, "Half of the single calls took no longer", 0),
            ("p90", calls.P90Seconds, "90% of the single calls took no longer", 1),
            ("p99", calls.P99Seconds, "99% of the single calls took no longer", 2),
            ("max", calls.MaxSeconds, "The longest single call", 3),
        ]
        let nanoseconds = percentile.Seconds * 1e9
        where nanoseconds is not null
        select Metric(Math.Round(nanoseconds.GetValueOrDefault()), $"Call {percentile.Name}", $"Call {percentile.Name}", percentile.Legend, "N0", OfTime, "ns", percentile.Priority);

    private static JsonObject Metric(double value, string id, string name, string legend, string format, int unitType, string unit, int priority) => new JsonObject
    {
        ["Value"] = value,
        ["Descriptor"] = new JsonObject
        {
            ["Id"] = id,
            ["DisplayName"] = name,
            ["Legend"] = legend,
            ["NumberFormat"] = format,
            ["UnitType"] = unitType,
            ["Unit"] = unit,
            ["TheGreaterTheBetter"] = false,
            ["PriorityInCategory"] = priority,
        },
    };
}
