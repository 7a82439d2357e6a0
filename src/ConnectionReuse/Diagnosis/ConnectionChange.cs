using System.Globalization;
using System.Net;
using ConnectionReuse.Results;

namespace ConnectionReuse.Diagnosis;

/// <summary>Why a call did not go over the connection of the one before.</summary>
/// <param name="Cause">The cause.</param>
/// <param name="Evidence">What was seen.</param>
internal sealed record ConnectionChange(ReuseCause Cause, string Evidence)
{
    // The client's own settings that are as good as none.
    private static readonly TimeSpan Endless = TimeSpan.FromHours(1);

    // What a close behind a response takes on a busy machine; an idle limit is longer.
    private static readonly TimeSpan AtOnce = TimeSpan.FromMilliseconds(100);

    /// <summary>The cause by the evidence: what the client did, what the server announced, then what was seen to happen.</summary>
    /// <param name="left">The calls before.</param>
    /// <param name="next">The calls after.</param>
    /// <param name="all">All calls.</param>
    public static ConnectionChange Of(Run left, Run next, IReadOnlyList<Run> all) =>
        OfClient(left, next) ?? (left.Calls[^1].Answer is { } answer ? OfAnswer(left, answer, all) : null) ?? OfEnd(left, next, all);

    private static ConnectionChange? OfClient(Run left, Run next)
    {
        var last = left.Calls[^1];
        var connection = left.Connection;
        return last switch
        {
            { Cancelled: true } or { TimedOut: true } => Told(ReuseCause.ClientCancels),
            { AsksToClose: true } => Told(ReuseCause.ClientSaysClose),
            { Asked: { Major: 1, Minor: 0 } } => Told(ReuseCause.ClientVersionPolicy, ("version", "HTTP/1.0")),
            { Asked: { } asked } when next.Calls[0].Asked is { } other && other.Major != asked.Major =>
                Told(ReuseCause.ClientVersionPolicy, ("version", $"HTTP/{asked} and HTTP/{other} by turns")),
            _ when connection.Handler is { } handler && next.Connection.Handler is { } newer && handler.Number != newer.Number =>
                Told(handler.HasClientCertificate && newer.HasClientCertificate ? ReuseCause.ClientCertificate : ReuseCause.ClientPerCall),
            _ => null,
        };
    }

    private static ConnectionChange? OfAnswer(Run left, SeenAnswer answer, IReadOnlyList<Run> all)
    {
        if (answer.ConnectionCredentials is { } scheme)
        {
            return Told(ReuseCause.ConnectionCredentials, ("scheme", scheme));
        }

        var first = left.Calls[0].Answer;
        return answer switch
        {
            { Version: { Major: 1, Minor: 0 }, SaysKeepAlive: false } => Peer(left, answer, Told(ReuseCause.Http10)),
            { EndsWithConnection: true } => Peer(left, answer, Told(ReuseCause.NoLength)),
            { SaysClose: true } when left.Calls.Count > 1 && first?.KeepAliveMax is { } max && (left.Calls.Count == max || left.Calls.Count == max + 1) =>
                Peer(left, answer, Told(ReuseCause.KeepAliveMax, ("n", ReuseCauses.Number(left.Calls.Count)), ("max", ReuseCauses.Number(max)))),
            { SaysClose: true } when left.Calls.Count > 1 => Peer(left, answer, Capped(left, all)),
            { SaysClose: true } => Peer(left, answer, Told(ReuseCause.ServerSaysClose)),
            { KeepAliveMax: 0 } => Peer(left, answer, Told(ReuseCause.KeepAliveMax, ("n", ReuseCauses.Number(left.Calls.Count)), ("max", "0"))),
            { KeepAliveTimeout: { } seconds and <= 1 } => Peer(left, answer, Told(ReuseCause.KeepAliveTooShort, ("n", ReuseCauses.Number(seconds)))),
            _ => null,
        };
    }

    private static ConnectionChange OfEnd(Run left, Run next, IReadOnlyList<Run> all)
    {
        var connection = left.Connection;
        var answer = left.Calls[^1].Answer;
        return connection switch
        {
            { SentGoAway: true } => Told(ReuseCause.GoAway, ("n", ReuseCauses.Number(left.Calls.Count))),
            { End: ConnectionEnd.ServerCloses or ConnectionEnd.ServerResets } => Peer(left, answer, OfServer(left, next, all)),
            { End: ConnectionEnd.ClientCloses } => OfClosing(left, answer),
            { End: ConnectionEnd.Open } => Told(ReuseCause.ClientDrain, ("what", "the connection waits for a response that is neither read to its end nor disposed")),
            _ => Told(ReuseCause.Unknown, ("seen", "the client lets nobody see how its connections end")),
        };
    }

    private static ConnectionChange OfServer(Run left, Run next, IReadOnlyList<Run> all)
    {
        var connection = left.Connection;
        var isLate = connection.IdleAtEnd >= AtOnce;
        if (all.Any(run => run.Calls.Count > 1))
        {
            return IsCap(left, all) || (!isLate && EndedByServer(all) == 1) ? Capped(left, all)
                : isLate ? Idle(connection.IdleAtEnd, left.Calls[^1].Answer)
                : Closing(connection); // a close that trails its response lets some calls through
        }

        if (connection.IdleAtEnd > AtOnce + 3 * RoundTrip(connection))
        {
            return Idle(connection.IdleAtEnd, left.Calls[^1].Answer);
        }

        var addresses = all.Select(run => run.Connection.Remote?.Address).OfType<IPAddress>().Distinct().ToArray();
        return addresses.Length > 1 && !Equals(connection.Remote?.Address, next.Connection.Remote?.Address)
            ? Told(ReuseCause.SeveralAddresses, ("addresses", string.Join(", ", addresses.AsEnumerable())))
            : Closing(connection);
    }

    private static ConnectionChange Closing(WatchedConnection connection) =>
        Told(connection.End == ConnectionEnd.ServerResets ? ReuseCause.ServerResets : ReuseCause.ServerClosesUnannounced);

    private static int EndedByServer(IReadOnlyList<Run> all) => all.Count(run => run.Connection.End is ConnectionEnd.ServerCloses or ConnectionEnd.ServerResets);

    private static ConnectionChange OfClosing(Run left, SeenAnswer? answer)
    {
        var connection = left.Connection;
        var settings = connection.Handler?.Handler;
        return settings switch
        {
            _ when answer?.ContentLength is { } length && connection.Received < length =>
                Told(ReuseCause.ClientDrain, ("what", string.Create(CultureInfo.InvariantCulture, $"{connection.Received} bytes of a body of {length} were taken when the client closed"))),
            { PooledConnectionLifetime: var lifetime } when lifetime < Endless && connection.AgeAtEnd >= lifetime => Told(ReuseCause.ClientLifetime, ("time", Time(lifetime))),
            { PooledConnectionIdleTimeout: var limit } when limit < Endless && connection.IdleAtEnd >= limit => Told(ReuseCause.ClientIdleTimeout, ("time", Time(limit))),
            _ when answer?.KeepAliveTimeout is { } announced && connection.IdleAtEnd >= TimeSpan.FromSeconds(announced - 1) =>
                Idle(TimeSpan.FromSeconds(announced), answer),
            _ => Told(ReuseCause.Unknown, ("seen", $"the client closed each connection after {(left.Calls.Count == 1 ? "1 call" : $"{left.Calls.Count} calls")}, and neither end had announced it")),
        };
    }

    // Who is at the other end of a connection to a proxy is the proxy. A reverse proxy says so by Via: what it closes without more words is its doing.
    private static ConnectionChange Peer(Run left, SeenAnswer? answer, ConnectionChange change)
    {
        var isBare = change.Cause is ReuseCause.ServerSaysClose or ReuseCause.ServerClosesUnannounced or ReuseCause.ServerResets;
        var proxy = left.Connection.Proxy ?? (isBare && answer?.Via is { } via ? $"Via: {via}" : null);
        return proxy is null ? change : Told(ReuseCause.Proxy, ("proxy", proxy), ("how", How(left, answer)));
    }

    private static string How(Run left, SeenAnswer? answer)
    {
        var calls = left.Calls.Count == 1 ? "after each response" : $"after {left.Calls.Count} requests";
        var how = answer is { SaysClose: true } ? "Connection: close" : left.Connection.End == ConnectionEnd.ServerResets ? "RST" : "FIN";
        return left.Connection is { Proxy: not null, Tls: not null } ? $"{calls} ({how}; it may be the server behind its tunnel)" : $"{calls} ({how})";
    }

    private static ConnectionChange Capped(Run left, IReadOnlyList<Run> all) =>
        Told(ReuseCause.RequestCap, ("n", ReuseCauses.Number(left.Calls.Count)), ("seen", IsCap(left, all) ? ", again and again" : ", seen once"));

    private static bool IsCap(Run left, IReadOnlyList<Run> all) => left.Calls.Count > 1 && all.SkipLast(1).Count(run => run.Calls.Count == left.Calls.Count) > 1;

    private static TimeSpan RoundTrip(WatchedConnection connection) => TimeSpan.FromSeconds(connection.Tries.FirstOrDefault(address => address.IsChosen)?.Seconds ?? 0);

    private static ConnectionChange Idle(TimeSpan seen, SeenAnswer? answer) => Told(ReuseCause.IdleLimit, ("time", answer?.KeepAliveTimeout is { } announced
        ? $"{ReuseCauses.Number(announced)} s, as it announces (.NET keeps 1 s clear of it)"
        : Time(seen)));

    private static string Time(TimeSpan time) => time < TimeSpan.FromSeconds(1)
        ? string.Create(CultureInfo.InvariantCulture, $"{Math.Round(time.TotalMilliseconds / 10) * 10:0} ms")
        : string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.#} s");

    private static ConnectionChange Told(ReuseCause cause, params (string Name, string Value)[] seen) => new(cause, CauseTexts.Of(cause).Filled(seen));
}
