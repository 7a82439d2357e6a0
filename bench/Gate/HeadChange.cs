using ConnectionReuse.Measuring;

namespace ConnectionReuse.Bench.Gate;

/// <summary>What is done to head on purpose, to see that the gate notices.</summary>
/// <param name="Mutation">What is broken in it; null for nothing.</param>
/// <param name="Slowdown">What share of base's time it works more in each call.</param>
/// <param name="Row">The only row that is slowed down; null for all.</param>
internal sealed record HeadChange(Mutation? Mutation = null, double Slowdown = 0, StationRow? Row = null)
{
    /// <summary>Nothing is.</summary>
    public static HeadChange None { get; } = new();

    /// <summary>What share of base's time head works more in each call of a row.</summary>
    public double SlowdownOf(StationRow row) => Row is null || Row == row ? Slowdown : 0;
}
