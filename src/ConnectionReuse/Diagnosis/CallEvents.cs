using System.Diagnostics.Tracing;
using ConnectionReuse.Phases;

namespace ConnectionReuse.Diagnosis;

/// <summary>
/// What the runtime says of the calls of one diagnosis. Each event is raised in the execution context of the call that it
/// belongs to, so that other clients of this process are not mistaken for it.
/// </summary>
/// <remarks>
/// EventSources and ids: <c>System.Net.Http</c> RequestStart 1, RequestStop 2, ConnectionEstablished 4 (third value: its
/// number), RequestHeadersStart 7 (the connection's number), RequestHeadersStop 8, ResponseHeadersStop 12,
/// ResponseContentStart 13, ResponseContentStop 14; <c>System.Net.Security</c> HandshakeStart 1, HandshakeStop 2. Names and
/// connects are noted by <see cref="ConnectionWatch"/>, which makes them.
/// </remarks>
internal sealed class CallEvents : EventListener
{
    private const string Http = "System.Net.Http";
    private const string Security = "System.Net.Security";

    private readonly AsyncLocal<SeenCall?> _current = new();
    private readonly List<EventSource> _found = [];
    private readonly TimeProvider _time;
    private readonly bool _ready;

    /// <summary>Starts listening.</summary>
    public CallEvents(TimeProvider time)
    {
        lock (_found)
        {
            _time = time;
            _ready = true;
            _found.ForEach(Enable);
        }
    }

    /// <summary>The call of whoever asks; null outside of one.</summary>
    public SeenCall? Current
    {
        get => _current.Value;
        set => _current.Value = value;
    }

    /// <inheritdoc/>
    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        // The base constructor reports the sources that exist before the fields of this class are set.
        if (eventSource?.Name is not (Http or Security))
        {
            return;
        }

        lock (_found)
        {
            _found.Add(eventSource);
            if (_ready)
            {
                Enable(eventSource);
            }
        }
    }

    /// <inheritdoc/>
    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        ArgumentNullException.ThrowIfNull(eventData);
        if (Current is not { } call)
        {
            return;
        }

        switch (eventData.EventSource.Name, eventData.EventId)
        {
            case (Http, 4):
                call.Established((long)eventData.Payload![2]!);
                break;
            case (Http, 7):
                call.Writes((long)eventData.Payload![0]!);
                break;
        }

        if (EdgeOf(eventData.EventSource.Name, eventData.EventId) is { } edge)
        {
            call.Note(edge, _time.GetTimestamp());
        }
    }

    private static PhaseEdge? EdgeOf(string source, int id) => (source, id) switch
    {
        (Security, 1) => PhaseEdge.TlsStart,
        (Security, 2) => PhaseEdge.TlsStop,
        (Http, 1) => PhaseEdge.RequestStart,
        (Http, 2) => PhaseEdge.RequestStop,
        (Http, 4) => PhaseEdge.ConnectionEstablished,
        (Http, 8) => PhaseEdge.FirstByteStart,
        (Http, 12) => PhaseEdge.FirstByteStop,
        (Http, 13) => PhaseEdge.BodyStart,
        (Http, 14) => PhaseEdge.BodyStop,
        _ => null,
    };

    private void Enable(EventSource source) => EnableEvents(source, EventLevel.Informational);
}
