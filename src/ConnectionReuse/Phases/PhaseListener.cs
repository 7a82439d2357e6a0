using System.Diagnostics.Tracing;

namespace ConnectionReuse.Phases;

/// <summary>
/// Notes when the phases of this process's calls begin and end. The runtime calls it on the thread and at the moment of
/// the event, so that a timestamp of its own is finer than the event's, which counts in the clock's time of day. The
/// server belongs into another process: HandshakeStop does not say whose handshake is over, and what HandshakeStart says
/// cannot be relied on (see <see cref="Connections.ClientConnections"/>).
/// </summary>
/// <remarks>
/// EventSources and ids: <c>System.Net.NameResolution</c> ResolutionStart 1, ResolutionStop 2; <c>System.Net.Sockets</c>
/// ConnectStart 1, ConnectStop 2, both for each address that is tried; <c>System.Net.Security</c> HandshakeStart 1,
/// HandshakeStop 2; <c>System.Net.Http</c> RequestStart 1, RequestStop 2, ConnectionEstablished 4,
/// RequestHeadersStop 8 (before the flush), ResponseHeadersStop 12, ResponseContentStart 13, ResponseContentStop 14.
/// ResponseHeadersStart 11 is no use for the first byte: HTTP/1.1 writes it after the status line, HTTP/2 and 3 before
/// they wait for it.
/// </remarks>
internal sealed class PhaseListener : EventListener
{
    // A fresh call over TLS has 15 events, and 2 more for each further address that is tried.
    private const int RoomPerCall = 24;

    private static readonly string[] Names =
        ["System.Net.NameResolution", "System.Net.Sockets", "System.Net.Security", "System.Net.Http"];

    private readonly TimeProvider _time;
    private readonly List<EventSource> _found = [];
    private readonly EventSource?[] _sources = new EventSource?[Names.Length];
    private readonly Lock _lock = new();
    private readonly List<PhaseEvent> _events = [];
    private readonly bool _ready;

    /// <summary>Starts listening.</summary>
    /// <param name="time">Gives the timestamps.</param>
    public PhaseListener(TimeProvider time)
    {
        _time = time;
        lock (_found)
        {
            _ready = true;
            _found.ForEach(Enable);
        }
    }

    /// <summary>Forgets what was noted and makes room for what is coming, so that no call waits for it.</summary>
    /// <param name="calls">The calls that are coming.</param>
    public void Clear(int calls)
    {
        lock (_lock)
        {
            _events.Clear();
            _events.EnsureCapacity(calls * RoomPerCall);
        }
    }

    /// <summary>Notes that a call begins.</summary>
    public void CallStart() => Note(PhaseEdge.CallStart);

    /// <summary>Notes that a call is over.</summary>
    public void CallStop() => Note(PhaseEdge.CallStop);

    /// <summary>What was noted, in the order in which it happened.</summary>
    public IReadOnlyList<PhaseEvent> Events()
    {
        lock (_lock)
        {
            return [.. _events];
        }
    }

    /// <inheritdoc/>
    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        // The base constructor reports the sources that exist before the fields of this class are set.
        if (!Names.Contains(eventSource?.Name))
        {
            return;
        }

        lock (_found)
        {
            _found.Add(eventSource!);
            if (_ready)
            {
                Enable(eventSource!);
            }
        }
    }

    /// <inheritdoc/>
    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        ArgumentNullException.ThrowIfNull(eventData);
        switch (Array.IndexOf(_sources, eventData.EventSource), eventData.EventId)
        {
            case (0, 1): Note(PhaseEdge.DnsStart); break;
            case (0, 2): Note(PhaseEdge.DnsStop); break;
            case (1, 1): Note(PhaseEdge.ConnectStart); break;
            case (1, 2): Note(PhaseEdge.ConnectStop); break;
            case (2, 1): Note(PhaseEdge.TlsStart); break;
            case (2, 2): Note(PhaseEdge.TlsStop); break;
            case (3, 1): Note(PhaseEdge.RequestStart); break;
            case (3, 2): Note(PhaseEdge.RequestStop); break;
            case (3, 4): Note(PhaseEdge.ConnectionEstablished); break;
            case (3, 8): Note(PhaseEdge.FirstByteStart); break;
            case (3, 12): Note(PhaseEdge.FirstByteStop); break;
            case (3, 13): Note(PhaseEdge.BodyStart); break;
            case (3, 14): Note(PhaseEdge.BodyStop); break;
            default: break;
        }
    }

    // The timestamp is taken inside the lock: the list is in the order of its times.
    private void Note(PhaseEdge edge)
    {
        lock (_lock)
        {
            _events.Add(new PhaseEvent(edge, _time.GetTimestamp()));
        }
    }

    private void Enable(EventSource source)
    {
        _sources[Array.IndexOf(Names, source.Name)] = source;
        EnableEvents(source, EventLevel.Informational);
    }
}
