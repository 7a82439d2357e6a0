using ConnectionReuse.Bench.Watch;

namespace ConnectionReuse.Tests.Watch;

/// <summary>Events as the runtime writes them, in the order in which SocketsHttpHandler causes them, made up call by call.</summary>
internal sealed class Story
{
    public static readonly Origin Api = new("https", "api.example", 443);
    public static readonly Origin Other = new("https", "other.example", 8443);

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(1);

    private readonly WatchLedger _ledger = new();
    private TimeSpan _now;
    private int _activities;
    private long _connections;

    public WatchCounts Counts => _ledger.Counts();

    public HostCounts Host(Origin origin) => Counts.Hosts.Single(host => host.Host == origin.ToString());

    /// <summary>Lets time pass.</summary>
    public Story Wait(double seconds)
    {
        _now += TimeSpan.FromSeconds(seconds);
        return this;
    }

    public Guid Start(Origin origin)
    {
        var call = new Guid(++_activities, 0, 0, new byte[8]);
        Tell(new RequestStarted(Now(), call, origin));
        return call;
    }

    public long Open(Guid call, Origin origin, string version = "1.1", double waited = 0)
    {
        Tell(new ConnectionOpened(Now(), call, ++_connections, origin, version));
        Tell(new RequestLeftQueue(Now(), call, waited, version));
        return _connections;
    }

    public void Send(Guid call, long connection) => Tell(new HeadersSent(Now(), call, connection));

    public void Buffer(Guid call) => Tell(new ContentBuffered(Now(), call));

    public void Redirect(Guid call, Origin origin) => Tell(new Redirected(Now(), call, origin));

    public void Fail(Guid call)
    {
        Tell(new RequestFailed(Now(), call));
        Stop(call);
    }

    public void Stop(Guid call) => Tell(new RequestStopped(Now(), call));

    public void Close(long connection, Guid within = default, string version = "1.1") => Tell(new ConnectionClosed(Now(), within, connection, version));

    public void Tell(WatchEvent told) => _ledger.Add(told);

    public TimeSpan Now() => _now += Step;

    /// <summary>A whole call on a connection that is there.</summary>
    public void Call(Origin origin, long connection, bool buffered = true)
    {
        var call = Start(origin);
        Answer(call, connection, buffered);
    }

    /// <summary>A whole call on a connection of its own.</summary>
    /// <returns>The connection, still open.</returns>
    public long CallOnNew(Origin origin, bool buffered = true, string version = "1.1")
    {
        var call = Start(origin);
        var connection = Open(call, origin, version);
        Answer(call, connection, buffered);
        return connection;
    }

    private void Answer(Guid call, long connection, bool buffered)
    {
        Send(call, connection);
        if (buffered)
        {
            Buffer(call);
        }

        Stop(call);
    }
}
