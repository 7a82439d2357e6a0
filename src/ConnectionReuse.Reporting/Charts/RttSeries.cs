using ConnectionReuse.Reporting.Model;
using ConnectionReuse.Reporting.Rows;
using ConnectionReuse.Reporting.Statistics;
using ConnectionReuse.Results;

namespace ConnectionReuse.Reporting.Charts;

/// <summary>A ratio over one emulated link.</summary>
/// <param name="RttMilliseconds">The link's round trip; 0 without a link.</param>
/// <param name="Ratio">The ratio with its interval.</param>
internal sealed record RttPoint(double RttMilliseconds, ResultRatio Ratio);

/// <summary>One pair of client patterns on one target over links that differ in their round trip only.</summary>
/// <param name="Name">Such as <c>kestrel-https, fresh</c>.</param>
/// <param name="ExtraRoundTrips">k.</param>
/// <param name="ServiceMilliseconds">S: the median over the links of what a reused call takes beyond its round trip.</param>
/// <param name="Points">By round trip.</param>
internal sealed record RttSeries(string Name, int ExtraRoundTrips, double ServiceMilliseconds, IReadOnlyList<RttPoint> Points)
{
    /// <summary>1 + k.</summary>
    public double Limit => 1.0 + ExtraRoundTrips;

    /// <summary>1 + k·RTT / (RTT + S).</summary>
    public double ModelAt(double rttMilliseconds) =>
        1 + ExtraRoundTrips * rttMilliseconds / (rttMilliseconds + ServiceMilliseconds);

    /// <summary>The series among some comparisons over links, in the order of the file.</summary>
    /// <param name="groups">Comparisons over links.</param>
    /// <param name="ratios">Theirs, and those of the others.</param>
    /// <param name="loopback">Comparisons without a round trip: the first one of the same clients on the same target is the first point of a series.</param>
    public static IReadOnlyList<RttSeries> Of(IEnumerable<RowGroup> groups, IReadOnlyCollection<ResultRatio> ratios, IEnumerable<RowGroup>? loopback = null)
    {
        var without = (loopback ?? []).ToArray();
        var pairs =
            from item in groups
            from pair in RowPair.Of(item)
            where pair is { Kind: RatioKind.Reuse, Slow.Declared.IsFloor: false }
            where pair.Slow is { Link.RttMilliseconds: > 0, Declared.Tool: null } && pair.Fast.Link is not null // nobody counts the round trips of other tools
            where pair.Slow.TlsProtocol is null or "1.0" or "1.1" or "1.2" or "1.3" // another one has no known number of round trips
            from ratio in ratios
            where item.Has(ratio) && ratio.Slow == pair.Slow.Client && ratio.Fast == pair.Fast.Client
            select new Measured(item, pair, ratio);
        return [.. pairs.GroupBy(measured => measured.Key).Select(series => Of(series, Loopback(series.Key, without, ratios)))];
    }

    // A link without a round trip that waits for the server, or narrows the way, is something else.
    private static IEnumerable<RttPoint> Loopback(SeriesKey key, IEnumerable<RowGroup> groups, IReadOnlyCollection<ResultRatio> ratios) =>
        (from item in groups
         where item.Rows[0].Link is null or { RttMilliseconds: 0, ServerTimeMilliseconds: 0, BandwidthBitsPerSecond: null }
         where key.Parameters.Link is { ServerTimeMilliseconds: 0, BandwidthBitsPerSecond: null }
         where item.Target == key.Target && item.Parameters with { Class = null, Case = null, Link = key.Parameters.Link } == key.Parameters
         from ratio in ratios
         where item.Has(ratio) && ratio.Slow == key.Slow && ratio.Fast == key.Fast
         select new RttPoint(0, ratio)).Take(1);

    private static RttSeries Of(IGrouping<SeriesKey, Measured> series, IEnumerable<RttPoint> loopback)
    {
        var (group, pair, ratio) = series.First();
        return new RttSeries(
            $"{ChartText.Name(group with { Parameters = series.Key.Parameters })}, {pair.Slow.Client}{(pair.Fast.Client == ClientIds.Shared ? "" : $" against {pair.Fast.Client}")}",
            ratio.Model?.ExtraRoundTrips ?? RoundTrips.Extra(pair.Slow.TlsProtocol, IsResumed(pair.Slow), pair.Slow.HttpVersion),
            Samples.Median(series.Select(measured => measured.ServiceMilliseconds)),
            [.. loopback, .. series.Select(measured => new RttPoint(measured.Pair.Slow.Link!.RttMilliseconds, measured.Ratio)).OrderBy(point => point.RttMilliseconds)]);
    }

    private static bool IsResumed(ResultRow row) => row.Counts is { ResumedHandshakes: > 0, FullHandshakes: 0 };

    /// <summary>What the points of one series have in common: all but the round trip, which an option or the class that sweeps it tells.</summary>
    private sealed record SeriesKey(string Target, RowParameters Parameters, string Slow, string Fast);

    private sealed record Measured(RowGroup Group, RowPair Pair, ResultRatio Ratio)
    {
        public SeriesKey Key { get; } = new(
            Group.Target,
            Group.Parameters with { Class = null, Case = null, Link = Group.Parameters.Link! with { RttMilliseconds = 0 } },
            Pair.Slow.Client,
            Pair.Fast.Client);

        public double ServiceMilliseconds { get; } =
            Math.Max(0, ChartText.MillisecondsPerCall(Pair.Fast)!.Value.Value - Pair.Fast.Link!.RttMilliseconds);
    }
}
