namespace ConnectionReuse.Bench.Benchmarks;

/// <summary>What does slow start add to big bodies? Only new connections pay it, and only over a network.</summary>
public class PayloadsOverLink() : PayloadComparison(nameof(PayloadsOverLink))
{
    /// <inheritdoc/>
    public override int LinkMilliseconds => 50;

    /// <inheritdoc/>
    public override int MostRequests => 10; // a hundred would take minutes
}
