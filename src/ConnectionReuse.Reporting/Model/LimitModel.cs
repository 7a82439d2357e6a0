using ConnectionReuse.Reporting.Statistics;
using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.Model;

/// <summary>
/// What the ratio of fresh to reused calls can come to: a reused call takes RTT + S, a fresh one k round trips more, so
/// that their ratio is 1 + k·RTT / (RTT + S) and comes to 1 + k when S is nothing.
/// </summary>
internal static class LimitModel
{
    // Making a client and its keys takes a fresh call some CPU too, which lifts the ratio a little above a limit of round trips.
    private const double ClientsOwnWork = 1.05;

    /// <summary>After so many calls it is said what reuse has saved.</summary>
    private static readonly long[] Calls = [2, 10, 100, 1_000, 1_000_000];

    /// <summary>The model of a fresh call and one on an open connection: RTT = (fresh - shared) / k, S = shared - RTT.</summary>
    /// <param name="freshSecondsPerCall">A call with a connection of its own.</param>
    /// <param name="sharedSecondsPerCall">A call on a connection that is open.</param>
    /// <param name="k">Extra round trips of the fresh call, from <see cref="RoundTrips.Extra"/>.</param>
    /// <param name="loopback">Whether there is no network between client and target, so that CPU decides.</param>
    /// <param name="ratio">The ratio as measured round by round; null takes that of the two times.</param>
    /// <param name="slowStart">Those of the <paramref name="k"/> that slow start adds.</param>
    /// <param name="roundTripSeconds">RTT where it was measured by itself; null to work it out from the times.</param>
    /// <remarks>Neither RTT nor S is below 0: a fresh call that was not slower shows no round trip, and where opening a
    /// connection costs more CPU than the model knows, nothing remains for S.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">A time or <paramref name="k"/> is not positive.</exception>
    public static ModelFigures Of(
        double freshSecondsPerCall, double sharedSecondsPerCall, int k, bool loopback = false, Interval? ratio = null, int slowStart = 0, double? roundTripSeconds = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(freshSecondsPerCall);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sharedSecondsPerCall);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(k);
        var saved = freshSecondsPerCall - sharedSecondsPerCall;
        var rtt = roundTripSeconds ?? Math.Max(0, saved / k);
        var limit = 1.0 + k;
        var measured = ratio?.Value ?? freshSecondsPerCall / sharedSecondsPerCall;
        var cpuBound = loopback || measured > limit * ClientsOwnWork;
        return new ModelFigures
        {
            ExtraRoundTrips = k,
            SlowStartRoundTrips = slowStart,
            RttSeconds = rtt,
            ServiceSeconds = Math.Max(0, sharedSecondsPerCall - rtt),
            Limit = limit,
            Ratio = measured,
            RatioLow = ratio?.Low,
            RatioHigh = ratio?.High,
            Closeness = cpuBound ? null : measured / limit,
            CpuBound = cpuBound,

            // The first call of a reusing client opens its connection and is a fresh one.
            Savings = [.. Calls.Select(calls => new ModelSaving(calls, (calls - 1) * saved))],
        };
    }
}
