using System.Runtime.CompilerServices;
using BenchmarkDotNet.Attributes;
using ConnectionReuse.Clients;
using ConnectionReuse.Targets;

namespace ConnectionReuse.Bench.Benchmarks;

/// <summary>A question that every client pattern of one kind answers, beside some of another: a new pattern is a row by itself.</summary>
/// <typeparam name="TPattern">The kind.</typeparam>
/// <param name="name">The class's name.</param>
/// <param name="targetId">Whom the requests go to.</param>
/// <param name="beside">The ids of other patterns to compare with, which come first.</param>
public abstract class PatternComparison<TPattern>(string name, string targetId, params string[] beside) : Comparison(targetId)
    where TPattern : ClientPattern
{
    private ICaller? _caller;

    /// <summary>The client pattern's id.</summary>
    [ParamsSource(nameof(Clients))]
    public string Client { get; set; } = string.Empty;

    /// <summary>The rows.</summary>
    public IEnumerable<string> Clients => [.. beside, .. Compared];

    /// <summary>The rows that come first.</summary>
    protected IReadOnlyList<string> Beside => beside;

    /// <summary>The rows that the comparison is about.</summary>
    protected virtual IEnumerable<string> Compared => OwnClients;

    /// <inheritdoc/>
    public override string ClassName => name;

    /// <inheritdoc/>
    public override IEnumerable<string> OwnClients => ClientPatterns.Of<TPattern>(TargetId).Select(pattern => pattern.Id);

    /// <summary>One call after the other, with the pauses that the pattern is about.</summary>
    [Benchmark, AsyncMethodBuilder(typeof(SleepingWaitBuilder))]
    public async Task Call()
    {
        foreach (var _ in Requests)
        {
            await Task.Delay(Stage == Stage.Timed ? Pattern.Pause : TimeSpan.Zero);
            Spoken = await _caller!.CallAsync(CancellationToken.None);
        }
    }

    /// <inheritdoc/>
    protected override ClientPattern PatternOf(string benchmark) => ClientPatterns.All[Client];

    /// <inheritdoc/>
    protected override void Open(Target target) => _caller = Pattern.Open(target);

    /// <inheritdoc/>
    protected override void Close() => _caller?.DisposeAsync().AsTask().GetAwaiter().GetResult();
}
