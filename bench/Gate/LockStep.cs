using ConnectionReuse.Reporting.Gate;
using ConnectionReuse.Reporting.Statistics;

namespace ConnectionReuse.Bench.Gate;

/// <summary>
/// Three live client processes that take turns: short batches, so that whatever happens to the machine happens to all.
/// </summary>
/// <param name="arms">Base, control and head.</param>
/// <param name="time">Ends the rounds.</param>
public sealed class LockStep(IReadOnlyList<Arm> arms, TimeProvider time)
{
    private const int SizingCalls = 20;
    private const int SizingBatches = 5;
    private const int MostCalls = 1000;

    // Shorter ones lower the noise, but the caches that another arm left must be refilled first.
    private static readonly TimeSpan BatchLength = TimeSpan.FromMilliseconds(4);

    /// <summary>The arm that is held against.</summary>
    public Arm Base => arms[0];

    /// <summary>The arm in question.</summary>
    public Arm Head => arms[2];

    /// <summary>What a call of base takes: the median of some batches, in seconds.</summary>
    /// <exception cref="IOException">The client is gone.</exception>
    public async Task<double> SizeAsync(GateKey key, CancellationToken cancellationToken)
    {
        var batches = new List<double>();
        for (var i = 0; i < SizingBatches; i++)
        {
            batches.Add(await Base.RunAsync(key, 1, SizingCalls, cancellationToken));
        }

        return Samples.Median(batches);
    }

    /// <summary>Runs whole cycles of rounds until the time is up: one at least.</summary>
    /// <param name="key">The row.</param>
    /// <param name="secondsPerCall">From <see cref="SizeAsync"/>.</param>
    /// <param name="order">Who is first.</param>
    /// <param name="length">The time.</param>
    /// <param name="cancellationToken">Ends the rounds.</param>
    /// <exception cref="IOException">A client is gone.</exception>
    public async Task<PairSamples> MeasureAsync(GateKey key, double secondsPerCall, RoundOrder order, TimeSpan length, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(order);
        var calls = Math.Clamp((int)(BatchLength.TotalSeconds / secondsPerCall), 2, MostCalls);
        var lead = Math.Max(1, calls / 10);
        var rounds = new List<Round>();
        var start = time.GetTimestamp();
        do
        {
            foreach (var turns in order.Cycle())
            {
                var products = new double[] { 1, 1, 1 };
                foreach (var arm in turns)
                {
                    products[arm] *= await arms[arm].RunAsync(key, lead, calls, cancellationToken);
                }

                rounds.Add(new Round(Math.Sqrt(products[0]), Math.Sqrt(products[1]), Math.Sqrt(products[2])));
            }
        }
        while (time.GetElapsedTime(start) < length);
        return new PairSamples(rounds);
    }

    /// <summary>Counts some calls of each arm.</summary>
    /// <exception cref="IOException">A client is gone.</exception>
    public async Task<PairCounts> CountAsync(GateKey key, int calls, CancellationToken cancellationToken) => new(
        await arms[0].CountAsync(key, calls, cancellationToken),
        await arms[1].CountAsync(key, calls, cancellationToken),
        await arms[2].CountAsync(key, calls, cancellationToken));
}
