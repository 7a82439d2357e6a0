using System.Globalization;
using ConnectionReuse.Results;

namespace ConnectionReuse.Bench.Watch;

/// <summary>What follows from the counts of a host.</summary>
internal static class WatchVerdicts
{
    private const string OneClient = "keep one HttpClient for all calls, static or from IHttpClientFactory";
    private static readonly string Diagnose = $"{ProgramName.Typed} diagnose with its URL tells which";

    /// <summary>The verdict; null where no call was sent to the host.</summary>
    public static HostVerdict? Of(HostCounts host)
    {
        ArgumentNullException.ThrowIfNull(host);
        var (calls, connections) = (host.Calls, host.Connections);
        if (calls == 0 || connections == 0)
        {
            return null;
        }

        if (calls == 1)
        {
            return new HostVerdict(calls, connections, null, ReuseCause.Unknown, "one call, so there was nothing to reuse yet");
        }

        if (connections <= Math.Max(1, host.MostAtOnce))
        {
            return new HostVerdict(calls, connections, true, ReuseCause.None, Text($"{calls} calls on {Number(connections, "connection")}, at most {host.MostAtOnce} at once"));
        }

        var (_, cause, evidence, remedy) = Causes(host).OrderByDescending(each => each.Count).First();
        return new HostVerdict(calls, connections, false, cause, evidence, remedy);
    }

    // As many connections as speak for each cause; the last is left where none does.
    private static IEnumerable<(int Count, ReuseCause Cause, string Evidence, string? Remedy)> Causes(HostCounts host)
    {
        var (ends, all) = (host.Ends, host.Connections);
        var idle = host.MeanIdleSeconds is { } seconds ? Text($" after {seconds:0.0##} s without a call on average") : string.Empty;
        yield return (ends.AfterCall, ReuseCause.ClientPerCall,
            Text($"{ends.AfterCall} of {all} connections were closed right after their call, outside of any: a new HttpClient or handler for each call, disposed after it"), OneClient);
        yield return (host.OpenedBesideIdle, ReuseCause.ClientPerCall,
            Text($"{host.OpenedBesideIdle} of {all} connections were opened while another one to the same host stood idle: a new HttpClient or handler again and again, never disposed, each with a pool of its own"), OneClient);
        yield return (ends.WithResponse, ReuseCause.Unknown,
            Text($"{ends.WithResponse} of {all} connections were closed with their response, before a client could be disposed: by the server (Connection: close, HTTP/1.0, a body without length) or as the client wishes (ConnectionClose, a PooledConnectionLifetime of zero)"), Diagnose);
        yield return (ends.FoundUnusable, ReuseCause.Unknown,
            Text($"{ends.FoundUnusable} of {all} connections were of no use to the next call{idle}: the server had closed them, or PooledConnectionIdleTimeout or PooledConnectionLifetime was over"), Diagnose);
        yield return (ends.WhenIdle, ReuseCause.IdleLimit,
            Text($"{ends.WhenIdle} of {all} connections were closed{idle}: the server's or the client's limit"), "raise PooledConnectionIdleTimeout and the server's keep-alive time-out above the gap between calls");
        yield return (ends.WithFailure, ReuseCause.Unknown,
            Text($"{ends.WithFailure} of {all} connections ended with a call that failed or was cancelled, which HTTP/1.1 cannot survive"), "see to the failures and time-outs first");
        yield return (ends.AfterStreaming + host.OpenedBesideStreamed, ReuseCause.Unknown,
            Text($"{ends.AfterStreaming + host.OpenedBesideStreamed} of {all} connections ended, or were left, with a streamed response (ResponseHeadersRead, GetStreamAsync, GetFromJsonAsync): a new client for each call, a server that closes, or responses that nobody disposes, which events do not tell apart"), "dispose every response, and keep one HttpClient for all calls");
        yield return (0, ReuseCause.Unknown, Text($"{host.Calls} calls on {all} connections, at most {host.MostAtOnce} at once; why the others were opened cannot be told from what was seen"), null);
    }

    private static string Number(int count, string what) => Text($"{count} {what}{(count == 1 ? string.Empty : "s")}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
