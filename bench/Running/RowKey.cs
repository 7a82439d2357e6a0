using BenchmarkDotNet.Running;
using ConnectionReuse.Bench.Benchmarks;
using ConnectionReuse.Clients;

namespace ConnectionReuse.Bench.Running;

/// <summary>What tells one row of a comparison from another.</summary>
/// <param name="TargetId">The target's id.</param>
/// <param name="Url">A real target's URL as it may be shown; null for local targets.</param>
/// <param name="Client">The client pattern's id.</param>
/// <param name="Job">The job's name where a run has several; null where it has one.</param>
public sealed record RowKey(string TargetId, string? Url, string Client, string? Job)
{
    /// <summary>The client pattern.</summary>
    public ClientPattern Pattern => ClientPatterns.All[Client];

    /// <summary>The row that a benchmark case measures.</summary>
    public static RowKey Of(BenchmarkCase benchmark, string? job)
    {
        ArgumentNullException.ThrowIfNull(benchmark);
        var instance = (Comparison)Activator.CreateInstance(benchmark.Descriptor.Type)!;
        var url = benchmark.Parameters.Items.FirstOrDefault(item => item.Name == nameof(RealHttps.Url))?.Value as string;
        return new RowKey(instance.TargetId, url, ClientOf(benchmark.Descriptor.WorkloadMethod.Name), job);
    }

    /// <summary>The pattern that a benchmark method is named after: <c>FloorFresh</c> measures <c>floor-fresh</c>.</summary>
    public static string ClientOf(string method)
    {
        ArgumentNullException.ThrowIfNull(method);
        return string.Concat(method.Select((letter, index) =>
            char.IsUpper(letter) ? (index == 0 ? "" : "-") + char.ToLowerInvariant(letter) : letter.ToString()));
    }
}
