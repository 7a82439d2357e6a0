using System.Diagnostics.CodeAnalysis;

namespace ConnectionReuse.Bench.Watch;

/// <summary>Counts what the events of a watched application tell. Events come from one thread, counts are read by another.</summary>
internal sealed class WatchLedger
{
    // Pools look for idle connections once a second at most: what is closed sooner after its call was not closed for that.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    // Of a connection that was open before; the event of a request does not name it.
    private const string VersionNotSeen = "?";

    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, WatchedCall> _calls = [];
    private readonly Dictionary<long, WatchedConnection> _connections = [];
    private readonly Dictionary<Origin, HostTally> _hosts = [];
    private readonly HandshakeTally _handshakes = new();
    private int _closedUnused;

    /// <summary>Takes an event; they come in the order in which they happened.</summary>
    public void Add(WatchEvent told)
    {
        lock (_lock)
        {
            switch (told)
            {
                case RequestStarted started: Begin(started); break;
                case RequestFailed failed: Fail(failed); break;
                case RequestStopped stopped: Finish(stopped); break;
                case Redirected redirected: Redirect(redirected); break;
                case RequestLeftQueue waited: Waited(waited); break;
                case HeadersSent sent: Send(sent); break;
                case ContentBuffered buffered when Find(buffered.Call, out var call): call.IsBuffered = true; break;
                case ConnectionOpened opened: Open(opened); break;
                case ConnectionClosed closed: Close(closed); break;
                case HandshakeStarted started: _handshakes.Begin(started); break;
                case HandshakeEnded ended: _handshakes.End(ended); break;
                default: break;
            }
        }
    }

    /// <summary>The counts so far, hosts with the most calls first.</summary>
    public WatchCounts Counts()
    {
        lock (_lock)
        {
            return new WatchCounts
            {
                Hosts =
                [
                    .. _hosts.Values.Select(host => host.Counts()).Select(host => host with { Verdict = WatchVerdicts.Of(host) })
                        .OrderByDescending(host => host.Calls).ThenByDescending(host => host.Requests).ThenBy(host => host.Host, StringComparer.Ordinal),
                ],
                Handshakes = _handshakes.Counts(),
                ClosedUnused = _closedUnused,
            };
        }
    }

    private void Begin(RequestStarted told)
    {
        var host = Host(told.Origin);
        host.Requests++;
        host.Begin();
        _calls[told.Call] = new WatchedCall(told.Origin, told.At);
    }

    private void Fail(RequestFailed told)
    {
        if (Find(told.Call, out var call))
        {
            call.HasFailed = true;
            Host(call.Origin).Failed++;
        }
    }

    private void Finish(RequestStopped told)
    {
        if (_calls.Remove(told.Call, out var call))
        {
            Leave(call, told.At, call.HasFailed ? ConnectionEnd.WithFailure : ConnectionEnd.WithResponse);
            Host(call.Origin).Finish();
        }
    }

    private void Redirect(Redirected told)
    {
        if (Find(told.Call, out var call))
        {
            Leave(call, told.At, ConnectionEnd.WithResponse);
            Host(call.Origin).Finish();
            call.Redirect(told.Origin == Origin.Unknown ? call.Origin : told.Origin, told.At);
            Host(call.Origin).RedirectedTo++;
            Host(call.Origin).Begin();
        }
    }

    private void Waited(RequestLeftQueue told)
    {
        Find(told.Call, out var call);
        Host(call?.Origin ?? Origin.Unknown).Version(told.Version).Waited(told.Milliseconds);
    }

    private void Send(HeadersSent told)
    {
        Find(told.Call, out var call);
        if (!_connections.TryGetValue(told.Connection, out var connection))
        {
            connection = new WatchedConnection(Host(call?.Origin ?? Origin.Unknown), VersionNotSeen, wasOpenBefore: true);
            connection.Host.Version(VersionNotSeen).OpenBefore++;
            Keep(told.Connection, connection);
        }

        if (call is not null && call.Carrier != connection)
        {
            // It is sent again, without a redirect: the connection that should have carried it was of no use.
            Leave(call, told.At, ConnectionEnd.FoundUnusable);
        }

        connection.Host.Version(connection.Version).Calls++;
        connection.Take(call);
        if (call is not null)
        {
            call.Carrier = connection;
        }
    }

    private void Open(ConnectionOpened told)
    {
        var host = Host(told.Origin);
        if (Find(told.Call, out var call) && host.Open.FirstOrDefault(other => other.Version == told.Version && !other.IsBusy && other.IdleSince < call.Since) is { Last: { } last })
        {
            // A pool hands out what stands idle before it opens another: this one belongs to another pool.
            host.OpenedBesideIdle += last.IsBuffered ? 1 : 0;
            host.OpenedBesideStreamed += last.IsBuffered ? 0 : 1;
        }

        host.Version(told.Version).Opened++;
        Keep(told.Connection, new WatchedConnection(host, told.Version, wasOpenBefore: false));
    }

    private void Close(ConnectionClosed told)
    {
        if (!_connections.Remove(told.Connection, out var connection))
        {
            _closedUnused++;
            return;
        }

        connection.IsClosed = true;
        connection.Host.Open.Remove(connection);
        connection.Host.Version(connection.Version).Closed++;
        if (connection.IsBusy)
        {
            return; // its call tells how, when it ends or is sent again
        }

        var idle = told.At - connection.IdleSince;
        var end = EndOf(connection, told, idle);
        connection.Host.Ended(end, end is ConnectionEnd.FoundUnusable or ConnectionEnd.WhenIdle ? idle : null);
    }

    private ConnectionEnd EndOf(WatchedConnection connection, ConnectionClosed told, TimeSpan? idle) =>
        connection.Last is not { } last || idle is null ? ConnectionEnd.Unknown
        : last.HasFailed ? ConnectionEnd.WithFailure
        : Find(told.Call, out var seeker) && seeker.Carrier is null && seeker.Origin == connection.Host.Origin ? ConnectionEnd.FoundUnusable
        : idle >= Soon ? ConnectionEnd.WhenIdle
        : last.IsBuffered ? ConnectionEnd.AfterCall
        : ConnectionEnd.AfterStreaming;

    private static void Leave(WatchedCall call, TimeSpan at, ConnectionEnd ifClosed)
    {
        if (call.Carrier is not { } carrier)
        {
            return;
        }

        carrier.Release(call, at);
        if (carrier.IsClosed && !carrier.IsBusy)
        {
            carrier.Host.Ended(ifClosed);
        }
    }

    private void Keep(long id, WatchedConnection connection)
    {
        _connections[id] = connection;
        connection.Host.Open.Add(connection);
    }

    private bool Find(Guid id, [NotNullWhen(true)] out WatchedCall? call) => _calls.TryGetValue(id, out call);

    private HostTally Host(Origin origin)
    {
        if (!_hosts.TryGetValue(origin, out var host))
        {
            _hosts.Add(origin, host = new HostTally(origin));
        }

        return host;
    }
}
