using System.Globalization;
using System.Text;
using ConnectionReuse.Reporting.Tables;

namespace ConnectionReuse.Bench.Watch;

/// <summary>What is shown of a watched application: while it is watched, and at the end.</summary>
internal static class WatchText
{
    private const int ShownLive = 12; // rows that fit on a terminal

    // A terminal of 80 columns holds them beside a host of 28 letters.
    private static readonly Column<Row>[] LiveColumns =
    [
        new("host", row => row.Host.Host, IsNumber: false),
        new("HTTP", row => row.Version.Version),
        new("calls", row => Whole(row.Version.Calls)),
        new("opened", row => Whole(row.Version.Opened)),
        new("open", row => Whole(row.Version.Open)),
        new("calls each", row => row.Version.CallsPerConnection is { } share ? Text($"{share:0.0}") : string.Empty),
    ];

    private static readonly Column<Row>[] Columns =
    [
        new("host", row => row.Host.Host, IsNumber: false),
        new("HTTP", row => row.Version.Version),
        new("calls", row => Whole(row.Version.Calls)),
        new("opened", row => Whole(row.Version.Opened)),
        new("closed", row => Whole(row.Version.Closed)),
        new("open", row => Whole(row.Version.Open)),
        new("open before", row => row.Version.OpenBefore == 0 ? string.Empty : Whole(row.Version.OpenBefore)),
        new("calls/connection", row => row.Version.CallsPerConnection is { } share ? Text($"{share:0.0}") : string.Empty),
        new("waited", row => row.Version.Waits == 0 ? string.Empty : Whole(row.Version.Waits)),
        new("ms waited, mean", row => row.Version.MeanWaitMilliseconds is { } mean ? Text($"{mean:0.0}") : string.Empty),
        new("longest", row => row.Version.LongestWaitMilliseconds is { } longest ? Text($"{longest:0.0}") : string.Empty),
    ];

    /// <summary>One line.</summary>
    /// <param name="counts">The counts so far.</param>
    /// <param name="elapsed">How long it has been watched.</param>
    public static string Line(WatchCounts counts, TimeSpan elapsed)
    {
        ArgumentNullException.ThrowIfNull(counts);
        return Text($"{elapsed.TotalSeconds:0} s: {counts.Requests:N0} requests, {counts.Opened:N0} connections opened, {counts.Closed:N0} closed");
    }

    /// <summary>The view that is kept up to date.</summary>
    /// <param name="counts">The counts so far.</param>
    /// <param name="elapsed">How long it has been watched.</param>
    public static string Live(WatchCounts counts, TimeSpan elapsed)
    {
        ArgumentNullException.ThrowIfNull(counts);
        var rows = Rows(counts);
        var text = new StringBuilder(Line(counts, elapsed)).Append('\n');
        if (rows.Length > 0)
        {
            text.Append('\n').Append(MarkdownTable.Render(LiveColumns, rows[..Math.Min(rows.Length, ShownLive)]));
        }

        return rows.Length > ShownLive ? text.Append(Text($"and {rows.Length - ShownLive} more\n")).ToString() : text.ToString();
    }

    /// <summary>The summary at the end.</summary>
    public static string Summary(WatchReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var counts = report.Counts;
        var text = new StringBuilder();
        var rows = Rows(counts);
        if (rows.Length > 0)
        {
            text.Append(MarkdownTable.Render(Columns, rows)).Append('\n');
        }

        foreach (var host in counts.Hosts.Where(host => host.Verdict is not null))
        {
            text.Append(Text($"{host.Host}: {host.Verdict!.Sentence}\n"));
        }

        text.Append('\n').AppendJoin(string.Empty, Notes(report).Select(note => $"- {note}\n"));
        return text.ToString().TrimStart('\n');
    }

    private static IEnumerable<string> Notes(WatchReport report)
    {
        var counts = report.Counts;
        yield return Text($"{PlainName(report)}, .NET {report.Runtime}, watched for {report.Seconds:0.0} s, until {End(report.EndedBy)}");
        if (report.EventsLost > 0)
        {
            yield return Text($"{report.EventsLost:N0} events were lost, because they came faster than they were read: the counts are too low, and verdicts may be wrong");
        }

        foreach (var host in counts.Hosts.Where(host => host.Failed > 0))
        {
            yield return Text($"{host.Host}: {host.Failed:N0} of {host.Requests + host.RedirectedTo:N0} calls failed or were cancelled");
        }

        foreach (var host in counts.Hosts.Where(host => host.RedirectedTo > 0))
        {
            yield return Text($"{host.Host}: {host.RedirectedTo:N0} calls were redirected to it");
        }

        foreach (var handshakes in counts.Handshakes)
        {
            yield return Text($"{handshakes.Host}: {handshakes.Succeeded:N0} TLS handshakes{(handshakes.Failed == 0 ? string.Empty : Text($", {handshakes.Failed:N0} failed"))}; whether they resumed a session, events do not tell");
        }

        if (counts.Hosts.Any(host => host.Versions.Any(version => version.OpenBefore > 0)))
        {
            yield return "open before: connections from before watching began; no event tells their HTTP version";
        }

        if (counts.ClosedUnused > 0)
        {
            yield return Text($"closed besides: {counts.ClosedUnused:N0} of the connections from before watching began that carried no call since; no event names their host");
        }
    }

    private static string PlainName(WatchReport report) => Text($"{report.Application} ({report.ProcessId})");

    private static string End(WatchEnd end) => end switch
    {
        WatchEnd.Interrupted => "it was interrupted",
        WatchEnd.Duration => "the time was over",
        WatchEnd.Application => "the application ended",
        _ => throw new ArgumentOutOfRangeException(nameof(end), end, null),
    };

    private static Row[] Rows(WatchCounts counts) => [.. counts.Hosts.SelectMany(host => host.Versions.Select(version => new Row(host, version)))];

    private static string Whole(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed record Row(HostCounts Host, VersionCounts Version);
}
