using BenchmarkDotNet.Attributes;
using ConnectionReuse.Clients;

namespace ConnectionReuse.Bench.Benchmarks;

/// <summary>A question whose rows are the client patterns of one kind, found and not listed: a new pattern needs no line here.</summary>
/// <typeparam name="TPattern">The kind.</typeparam>
/// <param name="question">The question, which tells its rows from those of others.</param>
/// <param name="targetId">Whom the requests go to.</param>
/// <param name="beside">The ids of the patterns that the others are held against.</param>
public abstract class PatternComparison<TPattern>(string question, string targetId, params string[] beside) : FurtherComparison(question, targetId)
    where TPattern : ClientPattern
{
    /// <summary>The client pattern, by its id.</summary>
    [ParamsSource(nameof(Clients))]
    public string Client { get; set; } = string.Empty;

    /// <summary>The ids of the patterns, in the order of the table.</summary>
    public IEnumerable<string> Clients => [.. beside, .. OwnClients];

    /// <inheritdoc/>
    public override IEnumerable<string> OwnClients => ClientPatterns.Of<TPattern>(TargetId).Select(pattern => pattern.Id);

    /// <summary>One request after the other, or so many at once, in the way of the pattern.</summary>
    [Benchmark]
    public Task Call() => Repeat(ClientPatterns.All[Client]);
}
