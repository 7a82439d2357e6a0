using ConnectionReuse.Phases;

namespace ConnectionReuse.Diagnosis;

/// <summary>A call in the making: what the runtime says of it, in the order in which it says it.</summary>
internal sealed class SeenCall
{
    private readonly Lock _lock = new();
    private readonly List<PhaseEvent> _edges = [];
    private readonly List<long> _requests = [];
    private readonly List<long> _established = [];
    private readonly List<(SeenAnswer Answer, long? Id)> _answers = [];

    /// <summary>The connection that was opened for it last; null where none was seen.</summary>
    public WatchedConnection? Connection { get; set; }

    /// <summary>What was answered, each with the runtime's number of the connection that carried it: several where redirects are followed.</summary>
    public IReadOnlyList<(SeenAnswer Answer, long? Id)> Answers
    {
        get
        {
            lock (_lock)
            {
                return [.. _answers];
            }
        }
    }

    /// <summary>Whether a request of it said <c>Connection: close</c>.</summary>
    public bool AsksToClose { get; set; }

    /// <summary>The HTTP version that was asked for.</summary>
    public Version? Asked { get; set; }

    /// <summary>The edges of its phases.</summary>
    public IReadOnlyList<PhaseEvent> Edges
    {
        get
        {
            lock (_lock)
            {
                return [.. _edges];
            }
        }
    }

    /// <summary>The runtime's numbers of the connections that its requests were written to.</summary>
    public IReadOnlyList<long> Requests
    {
        get
        {
            lock (_lock)
            {
                return [.. _requests];
            }
        }
    }

    /// <summary>Notes an edge.</summary>
    public void Note(PhaseEdge edge, long timestamp)
    {
        lock (_lock)
        {
            _edges.Add(new PhaseEvent(edge, timestamp));
        }
    }

    /// <summary>A connection is ready.</summary>
    public void Established(long id)
    {
        lock (_lock)
        {
            _established.Add(id);
        }

        // Behind a proxy's tunnel the runtime numbers what is in it anew.
        if (Connection is { Id: null } or { Proxy: not null })
        {
            Connection.Id = id;
        }
    }

    /// <summary>The request that was written last is answered.</summary>
    public void Answered(SeenAnswer answer)
    {
        lock (_lock)
        {
            _answers.Add((answer, _requests is [.., var id] ? id : null));
        }
    }

    /// <summary>A request is being written.</summary>
    public void Writes(long id)
    {
        lock (_lock)
        {
            _requests.Add(id);
        }
    }
}
