using System.Text.Json;

namespace ConnectionReuse.Tests.Reports;

/// <summary>Reads BenchmarkDotNet's full JSON as other tools do: the members that each asks for, of the types that it asks for.</summary>
internal static class OtherTools
{
    /// <summary>Bencher's adapter for C#: namespace and method are the name.</summary>
    /// <exception cref="JsonException">A member is missing, or is not the number that it should be.</exception>
    public static IReadOnlyList<(string Name, double Mean, uint Allocated)> Bencher(string json) =>
    [
        .. from one in Read<BencherFile>(json).Benchmarks
           select (one.Namespace is null ? one.Method : $"{one.Namespace}.{one.Method}", one.Statistics.Mean, one.Memory?.BytesAllocatedPerOperation ?? 0),
    ];

    /// <summary>The <c>matrix</c> of dotnet/performance's ResultsComparer, which holds two files against each other by their full names.</summary>
    /// <exception cref="ArgumentException">Two benchmarks of one file have the same name.</exception>
    /// <exception cref="InvalidOperationException">A benchmark with metrics has none of its memory.</exception>
    /// <exception cref="NotSupportedException">It does not know the architecture.</exception>
    public static IReadOnlyList<(string Name, double Ratio, long Allocated)> ResultsComparer(string before, string after)
    {
        var (first, second) = (Read<ComparerFile>(before), Read<ComparerFile>(after));
        var byName = new Dictionary<string, ComparerBenchmark>(StringComparer.InvariantCulture);
        foreach (var benchmark in second.Benchmarks)
        {
            byName.Add(benchmark.FullName, benchmark);
        }

        return first.HostEnvironmentInfo.Architecture is not ("X64" or "X86" or "Arm64" or "Arm")
            ? throw new NotSupportedException($"{first.HostEnvironmentInfo.Architecture} {first.HostEnvironmentInfo.OsVersion} was not recognized")
            :
            [
                .. from one in first.Benchmarks
                   where byName.ContainsKey(one.FullName)
                   let other = byName[one.FullName]
                   select (one.FullName, Median(one) / Median(other), Allocated(other) - Allocated(one)),
            ];
    }

    /// <summary>github-action-benchmark: name, value and range.</summary>
    /// <exception cref="JsonException">A member is missing.</exception>
    public static IReadOnlyList<(string Name, double Value, double Range)> GitHubActionBenchmark(string json) =>
        [.. Read<ActionFile>(json).Benchmarks.Select(one => (one.FullName, one.Statistics.Mean, one.Statistics.StandardDeviation))];

    // Older versions compute the values from the measurements, newer ones read them: both must come to the same.
    private static double Median(ComparerBenchmark benchmark)
    {
        var computed = benchmark.Measurements.Where(one => one.IterationStage == "Result").Select(one => one.Nanoseconds / one.Operations);
        return computed.SequenceEqual(benchmark.Statistics.OriginalValues) && benchmark.Statistics.N == benchmark.Statistics.OriginalValues.Count
            ? benchmark.Statistics.Median
            : throw new InvalidOperationException($"{benchmark.FullName}: the measurements are not the values");
    }

    private static long Allocated(ComparerBenchmark benchmark) => benchmark.Memory.BytesAllocatedPerOperation is not 0 and var bytes ? bytes
        : benchmark.Metrics is null ? 0
        : (long)benchmark.Metrics.Single(metric => metric.Descriptor.Id == "Allocated Memory").Value;

    private static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json)!;

    private sealed record BencherFile
    {
        public required JsonElement HostEnvironmentInfo { get; init; }

        public required IReadOnlyList<BencherBenchmark> Benchmarks { get; init; }
    }

    private sealed record BencherBenchmark
    {
        public string? Namespace { get; init; }

        public required string Method { get; init; }

        public required BencherStatistics Statistics { get; init; }

        public BencherMemory? Memory { get; init; }
    }

    private sealed record BencherStatistics
    {
        public required double Mean { get; init; }

        public required double StandardDeviation { get; init; }

        public required double Median { get; init; }

        public required double InterquartileRange { get; init; }
    }

    private sealed record BencherMemory
    {
        public required uint Gen0Collections { get; init; }

        public required uint Gen1Collections { get; init; }

        public required uint Gen2Collections { get; init; }

        public required uint TotalOperations { get; init; }

        public required uint BytesAllocatedPerOperation { get; init; }
    }

    private sealed record ComparerFile(ComparerHost HostEnvironmentInfo, IReadOnlyList<ComparerBenchmark> Benchmarks);

    // A member that is there must be a number; one that is not stays 0.
    private sealed record ComparerHost(string OsVersion, string ProcessorName, string Architecture)
    {
        public int PhysicalProcessorCount { get; init; }

        public int PhysicalCoreCount { get; init; }

        public int LogicalCoreCount { get; init; }

        public bool HasAttachedDebugger { get; init; }

        public bool HasRyuJit { get; init; }

        public ComparerFrequency? ChronometerFrequency { get; init; }
    }

    private sealed record ComparerFrequency(int Hertz);

    private sealed record ComparerBenchmark
    {
        public string? Namespace { get; init; }

        public required string FullName { get; init; }

        public required ComparerStatistics Statistics { get; init; }

        public required ComparerMemory Memory { get; init; }

        public required IReadOnlyList<ComparerMeasurement> Measurements { get; init; }

        public IReadOnlyList<ComparerMetric>? Metrics { get; init; }
    }

    private sealed record ComparerStatistics
    {
        public required int N { get; init; }

        public required double Median { get; init; }

        public required IReadOnlyList<double> OriginalValues { get; init; }
    }

    private sealed record ComparerMemory
    {
        public required long BytesAllocatedPerOperation { get; init; }
    }

    private sealed record ComparerMeasurement(string IterationStage, long Operations, double Nanoseconds);

    private sealed record ComparerMetric(double Value, ComparerDescriptor Descriptor);

    private sealed record ComparerDescriptor(string Id);

    private sealed record ActionFile
    {
        public required IReadOnlyList<ActionBenchmark> Benchmarks { get; init; }
    }

    private sealed record ActionBenchmark
    {
        public required string FullName { get; init; }

        public required ActionStatistics Statistics { get; init; }
    }

    private sealed record ActionStatistics
    {
        public required double Mean { get; init; }

        public required double StandardDeviation { get; init; }
    }
}
