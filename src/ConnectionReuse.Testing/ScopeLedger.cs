namespace ConnectionReuse.Testing;

/// <summary>Where a scope writes down what the events say. Any thread may write and read.</summary>
internal sealed class ScopeLedger
{
    private readonly object _gate = new();
    private readonly List<OpenedConnection> _opened = [];
    private readonly Dictionary<long, int> _carried = [];
    private int _requests;
    private int _failed;
    private int _running;
    private int _atOnce;
    private int _responses;
    private int _closing;
    private long _entries;

    /// <summary>Grows with everything that is written down.</summary>
    public long Entries
    {
        get
        {
            lock (_gate)
            {
                return _entries;
            }
        }
    }

    public void Open(long id, Origin origin, string version)
    {
        lock (_gate)
        {
            _entries++;
            _opened.Add(new OpenedConnection(id, origin, version));
        }
    }

    public void Carry(long id)
    {
        lock (_gate)
        {
            _entries++;
            _carried[id] = _carried.GetValueOrDefault(id) + 1;
        }
    }

    public void StartRequest()
    {
        lock (_gate)
        {
            _entries++;
            _requests++;
            _atOnce = Math.Max(_atOnce, ++_running);
        }
    }

    public void StopRequest()
    {
        lock (_gate)
        {
            _entries++;
            _running = Math.Max(0, _running - 1); // one that began before the listener did has no start here
        }
    }

    public void FailRequest()
    {
        lock (_gate)
        {
            _entries++;
            _failed++;
        }
    }

    public void Answer(bool closing)
    {
        lock (_gate)
        {
            _entries++;
            _responses++;
            _closing += closing ? 1 : 0;
        }
    }

    public bool HasOpened(long id)
    {
        lock (_gate)
        {
            return _opened.Exists(connection => connection.Id == id);
        }
    }

    public ScopeCounts Read()
    {
        lock (_gate)
        {
            return new ScopeCounts
            {
                Opened = _opened.Count,
                Requests = _requests,
                Failed = _failed,
                Carrying = _carried.Count,
                AtOnce = _atOnce,
                Responses = _responses,
                Closing = _closing,
                ByOrigin = [.. _opened.GroupBy(connection => (connection.Origin, connection.Version)).Select(Summarize)],
            };
        }
    }

    private OriginConnections Summarize(IGrouping<(Origin Origin, string Version), OpenedConnection> connections)
    {
        int[] carried = [.. connections.Select(connection => _carried.GetValueOrDefault(connection.Id))];
        return new OriginConnections(connections.Key.Origin.ToString(), connections.Key.Version, carried.Length, carried.Min(), carried.Max());
    }

    private sealed record OpenedConnection(long Id, Origin Origin, string Version);
}
