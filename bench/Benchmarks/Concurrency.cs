using System.Runtime.CompilerServices;
using BenchmarkDotNet.Attributes;
using ConnectionReuse.Bench.Running;
using ConnectionReuse.Clients;
using ConnectionReuse.Clients.Concurrency;
using ConnectionReuse.Reporting.Tables;
using ConnectionReuse.Results;
using ConnectionReuse.Targets;

namespace ConnectionReuse.Bench.Benchmarks;

/// <summary>What becomes of many requests at once?</summary>
public class Concurrency() : Comparison(TargetIds.KestrelHttps)
{
    private ICaller _caller = null!;

    /// <summary>The client pattern's id.</summary>
    [ParamsSource(nameof(OwnClients))]
    public string Client { get; set; } = string.Empty;

    /// <inheritdoc/>
    public override string ClassName => ConcurrencyTable.Class;

    /// <inheritdoc/>
    public override IEnumerable<string> OwnClients => ClientPatterns.Of<AtOnce>(TargetId).Select(pattern => pattern.Id);

    /// <inheritdoc/>
    public override string? Unsupported(ClientPattern pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        return OpenFiles.TooFewFor(pattern.Expect(pattern.InFlight!.Value).Carrying);
    }

    /// <summary>As many calls in flight as the pattern says, until all requests are made.</summary>
    [Benchmark, AsyncMethodBuilder(typeof(SleepingWaitBuilder))]
    public async Task Call()
    {
        Requests.Restart();
        await Task.WhenAll(Enumerable.Range(0, Pattern.InFlight!.Value).Select(_ => CallOnAsync()));
    }

    /// <inheritdoc/>
    protected override ClientPattern PatternOf(string benchmark) => ClientPatterns.All[Client];

    /// <inheritdoc/>
    protected override void Open(Target target) => _caller = Pattern.Open(target);

    /// <inheritdoc/>
    protected override void Close() => _caller?.DisposeAsync().AsTask().GetAwaiter().GetResult();

    private async Task CallOnAsync()
    {
        while (Requests.TryBegin(out var begun))
        {
            Spoken = await _caller.CallAsync(CancellationToken.None);
            Requests.End(begun);
        }
    }
}
