using ConnectionReuse.Reporting.Rows;
using ConnectionReuse.Reporting.Statistics;
using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.Model;

/// <summary>Ratios with what the limit model makes of them.</summary>
internal static class RatioModels
{
    // On a network that is nearer the time that a new connection takes is CPU's, in which no round trips can be counted.
    private const double FewestMilliseconds = 1;

    /// <summary>A ratio with its model; without one where the model has nothing to say.</summary>
    /// <param name="ratio">The ratio.</param>
    /// <param name="rows">The rows that it comes from, among others.</param>
    /// <param name="slowStartRoundTrips">Round trips that slow start adds at most to a response of so many bytes on a new connection.</param>
    /// <param name="onLoopbackToo">Whether it is said of loopback too, where CPU decides.</param>
    public static ResultRatio Of(ResultRatio ratio, IReadOnlyList<ResultRow> rows, Func<long, int> slowStartRoundTrips, bool onLoopbackToo = false)
    {
        ArgumentNullException.ThrowIfNull(ratio);
        ArgumentNullException.ThrowIfNull(slowStartRoundTrips);
        var group = RowGroup.Of(rows).Single(group => group.Has(ratio));
        var slow = group.Rows.Single(row => row.Client == ratio.Slow);
        var fast = group.Rows.Single(row => row.Client == ratio.Fast);
        var loopback = slow.Link is null && new Uri(slow.Url).IsLoopback;

        // Another tool does not tell its TLS version, nor does it keep its connect out of the time.
        if (slow.Declared.Tool is not null || (loopback && !onLoopbackToo))
        {
            return ratio;
        }

        // Before TLS 1.3 a resumed handshake saves a round trip, and whether a real server resumed cannot be seen.
        if (slow is { TlsProtocol: not (null or "1.3"), Counts: null or { FullHandshakes: null } })
        {
            return ratio;
        }

        var (fresh, shared) = (slow.Median!.Value / slow.Requests, fast.Median!.Value / fast.Requests);
        var handshakes = RoundTrips.Extra(slow.TlsProtocol, resumed: slow.Counts?.ResumedHandshakes > slow.Counts?.FullHandshakes, slow.HttpVersion);
        var slowStart = SlowStart(slow, fresh - shared, handshakes, slowStartRoundTrips);
        return ratio with
        {
            Model = LimitModel.Of(
                fresh, shared, handshakes + slowStart, loopback, new Interval(ratio.Value, ratio.Low, ratio.High, ratio.Confidence), slowStart, slow.RoundTripMilliseconds / 1000),
        };
    }

    // Which way the bytes went is not known, and that decides near a window's end: bytes say how many there can be at
    // most, and the saved time how many round trips of the link there were.
    private static int SlowStart(ResultRow fresh, double savedSeconds, int handshakes, Func<long, int> slowStartRoundTrips) =>
        (fresh.Link?.RttMilliseconds ?? fresh.RoundTripMilliseconds) is { } milliseconds and > 0 && (fresh.Link is not null || milliseconds >= FewestMilliseconds) && fresh.PerRequest(counts => counts.WireBytes) is { } bytes
            ? Math.Clamp((int)Math.Round(1000 * savedSeconds / milliseconds) - handshakes, 0, slowStartRoundTrips((long)bytes))
            : 0;
}
