using BenchmarkDotNet.Running;
using ConnectionReuse.Bench.Benchmarks;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Clients;
using ConnectionReuse.Results;

namespace ConnectionReuse.Bench.Comparing;

/// <summary>What tells one row of a comparison from another.</summary>
/// <param name="TargetId">The target's id.</param>
/// <param name="Url">A real target's URL as it may be shown; null for local targets.</param>
/// <param name="Client">The client pattern's id.</param>
/// <param name="Job">The job's name where a run has several; null where it has one.</param>
internal sealed record RowKey(string TargetId, string? Url, string Client, string? Job)
{
    /// <summary>The benchmark class, where that is not one of the default comparison; else null.</summary>
    public string? Class { get; init; }

    /// <summary>The case of the class, where it has several; else null.</summary>
    public string? Case { get; init; }

    /// <summary>The HTTP version that is insisted on; null for HTTP/1.1, and where the case tells.</summary>
    public Version? HttpVersion { get; init; }

    /// <summary>The round trip of the emulated link before the target, in milliseconds; 0 for none.</summary>
    public int LinkMilliseconds { get; init; }

    /// <summary>Whether a real network lies before the local target that decides how long a call takes.</summary>
    public bool IsFar { get; init; }

    /// <summary>How long the body is that a request sends or gets, in bytes; 0 for the small one of every other row.</summary>
    public int BodyBytes { get; init; }

    /// <summary>An iteration's requests at most.</summary>
    public int MostRequests { get; init; } = int.MaxValue;

    /// <summary>Why this machine cannot measure the row; null where it can.</summary>
    public string? Unsupported { get; init; }

    /// <summary>The comparison that the row belongs to, in words.</summary>
    public string Group => Url ?? string.Join(' ', new[] { Class, Case, TargetId }.OfType<string>());

    /// <summary>What a result file tells comparisons apart by.</summary>
    public RowParameters Parameters => new()
    {
        Class = Class,
        Case = Case,
        Url = Url,
        Job = Job,
        Http = HttpVersion?.ToString(2),
        Link = LinkMilliseconds == 0 ? null : new ResultLink { RttMilliseconds = LinkMilliseconds, ServerTimeMilliseconds = 0 },
    };

    /// <summary>The client pattern.</summary>
    public ClientPattern Pattern => ClientPatterns.All[Client];

    /// <summary>The property of a benchmark class that holds its case.</summary>
    public const string CaseParameter = "Case";

    /// <summary>The property of a benchmark class that holds the client pattern's id, where no method is named after it.</summary>
    public const string ClientParameter = "Client";

    /// <summary>The row that a benchmark case measures.</summary>
    public static RowKey Of(BenchmarkCase benchmark, string? job)
    {
        ArgumentNullException.ThrowIfNull(benchmark);
        var instance = (Comparison)Activator.CreateInstance(benchmark.Descriptor.Type)!;
        var url = benchmark.Parameters.Items.FirstOrDefault(item => item.Name == nameof(RealHttps.Url))?.Value as string;
        var theCase = benchmark.Parameters.Items.FirstOrDefault(item => item.Name == CaseParameter)?.Value as string;
        var client = benchmark.Parameters.Items.FirstOrDefault(item => item.Name == ClientParameter)?.Value as string;
        benchmark.Descriptor.Type.GetProperty(CaseParameter)?.SetValue(instance, theCase);
        client ??= KebabCase.Of(benchmark.Descriptor.WorkloadMethod.Name);
        return new RowKey(instance.TargetId, url, client, job)
        {
            Class = instance.ClassName,
            Case = theCase,
            LinkMilliseconds = theCase is null ? 0 : instance.LinkMilliseconds,
            MostRequests = instance.MostRequests,
            BodyBytes = theCase is null ? 0 : instance.BodyBytes,
            HttpVersion = instance.InsistsOn,
            IsFar = instance.IsFar,
            Unsupported = instance.NotServed ?? instance.Unsupported(ClientPatterns.All[client]),
        };
    }
}
