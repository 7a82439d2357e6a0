using System.Diagnostics;
using ConnectionReuse.Clients;
using ConnectionReuse.Connections;
using ConnectionReuse.Reporting.Statistics;
using ConnectionReuse.Targets;
using ConnectionReuse.Turns;

namespace ConnectionReuse.Bench.Checks;

/// <summary>
/// What counting costs: the same calls in short batches, alternating between a counted server with the client's
/// listeners on, and an uncounted one with them off, so that drift of the machine hits both alike.
/// </summary>
public static class CountingCost
{
    /// <summary>Counting may change a time by so much, as a share of it.</summary>
    public const double Limit = 0.01;

    private const int Blocks = 24;
    private static readonly TimeSpan BatchLength = TimeSpan.FromMilliseconds(4);

    /// <summary>The time with counting over the time without: the interval over blocks of pairs.</summary>
    /// <param name="pattern">Whose calls.</param>
    /// <param name="counted">The counted server.</param>
    /// <param name="uncounted">The uncounted one.</param>
    /// <param name="length">How long to measure.</param>
    public static async Task<Interval> MeasureAsync(ClientPattern pattern, Target counted, Target uncounted, TimeSpan length)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        await using var with = pattern.Open(counted);
        await using var without = pattern.Open(uncounted);
        var calls = await WarmUpAsync(with, without);

        var blocks = new List<double>();
        for (var block = 0; block < Blocks; block++)
        {
            var ratios = new List<double>();
            var watch = Stopwatch.StartNew();
            while (watch.Elapsed < length / Blocks)
            {
                // Order with-without-without-with: a linear drift cancels.
                var first = await WithAsync(with, calls);
                var second = await WithoutAsync(without, calls);
                var third = await WithoutAsync(without, calls);
                var fourth = await WithAsync(with, calls);
                ratios.Add(Math.Sqrt(first / second * (fourth / third)));
            }

            blocks.Add(Samples.Median(ratios));
        }

        return HodgesLehmann.OfRatios(blocks)!;
    }

    // Both ends and the switching of the listeners itself; returns the calls that fill a batch.
    private static async Task<int> WarmUpAsync(ICaller with, ICaller without)
    {
        var calls = 100;
        for (var i = 0; i < 10 * JitWarmup.Still; i++)
        {
            await WithAsync(with, calls);
            var seconds = await WithoutAsync(without, calls);
            calls = Math.Clamp((int)(BatchLength.TotalSeconds / seconds * calls), 2, 1000);
        }

        return calls;
    }

    private static async Task<double> WithAsync(ICaller caller, int calls)
    {
        using var listening = new ClientConnections();
        listening.LeaveHandshakesToServer();
        return await TimeAsync(caller, calls);
    }

    // Switching the listeners disturbs the caches: it comes before every batch alike.
    private static async Task<double> WithoutAsync(ICaller caller, int calls)
    {
        new ClientConnections().Dispose();
        return await TimeAsync(caller, calls);
    }

    private static async Task<double> TimeAsync(ICaller caller, int calls)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < calls; i++)
        {
            await caller.CallAsync(CancellationToken.None);
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
