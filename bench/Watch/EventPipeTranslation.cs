using System.Globalization;
using System.Security.Authentication;
using Microsoft.Diagnostics.Tracing;

namespace ConnectionReuse.Bench.Watch;

/// <summary>
/// What the runtime's events say, as plain records. Start events carry the activity that they begin, and the call's as the related
/// one; all others carry the one that they happen in.
/// </summary>
/// <remarks>
/// <c>System.Net.Http</c> (.NET 8): RequestStart 1, RequestStop 2, RequestFailed 3, ConnectionEstablished 4, ConnectionClosed 5,
/// RequestLeftQueue 6, RequestHeadersStart 7, ResponseContentStart 13, Redirect 16; <c>System.Net.Security</c>: HandshakeStart 1,
/// HandshakeStop 2, HandshakeFailed 3.
/// </remarks>
internal static class EventPipeTranslation
{
    /// <summary>The source of calls and connections.</summary>
    public const string Http = "System.Net.Http";

    /// <summary>The source of TLS handshakes.</summary>
    public const string Security = "System.Net.Security";

    /// <summary>The record of an event; null for one that tells nothing that is counted.</summary>
    public static WatchEvent? Of(TraceEvent read)
    {
        ArgumentNullException.ThrowIfNull(read);
        var at = TimeSpan.FromMilliseconds(read.TimeStampRelativeMSec);
        var activity = read.ActivityID;
        return (read.ProviderName, (int)read.ID) switch
        {
            (Http, 1) => new RequestStarted(at, activity, OriginOf(read)),
            (Http, 2) => new RequestStopped(at, activity),
            (Http, 3) => new RequestFailed(at, activity),
            (Http, 4) => new ConnectionOpened(at, activity, Connection(read), OriginOf(read), Version(read)),
            (Http, 5) => new ConnectionClosed(at, activity, Connection(read), Version(read)),
            (Http, 6) => new RequestLeftQueue(at, activity, Convert.ToDouble(read.PayloadByName("timeOnQueueMilliseconds"), CultureInfo.InvariantCulture), Version(read)),
            (Http, 7) => new HeadersSent(at, read.RelatedActivityID, Connection(read)),
            (Http, 13) => new ContentBuffered(at, read.RelatedActivityID),
            (Http, 16) => new Redirected(at, activity, Origin.Of(Text(read, "redirectUri"))),
            (Security, 1) when IsClient(read) => new HandshakeStarted(at, activity, Text(read, "targetHost")),
            (Security, 2) => new HandshakeEnded(at, activity, Number(read, "protocol") != (long)SslProtocols.None),
            (Security, 3) => new HandshakeEnded(at, activity, Succeeded: false),
            _ => null,
        };
    }

    // The runtime writes four bytes of which only the first is set.
    private static bool IsClient(TraceEvent read) => read.EventData() is [0, ..];

    private static Origin OriginOf(TraceEvent read) => new(Text(read, "scheme"), Text(read, "host"), (int)Number(read, "port"));

    private static long Connection(TraceEvent read) => Number(read, "connectionId");

    private static string Version(TraceEvent read) => string.Create(CultureInfo.InvariantCulture, $"{Number(read, "versionMajor")}.{Number(read, "versionMinor")}");

    private static string Text(TraceEvent read, string name) => read.PayloadByName(name) as string ?? string.Empty;

    private static long Number(TraceEvent read, string name) => Convert.ToInt64(read.PayloadByName(name), CultureInfo.InvariantCulture);
}
