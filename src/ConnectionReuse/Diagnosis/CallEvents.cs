using System.Collections.Concurrent;
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
/// ResponseContentStart 13, ResponseContentStop 14; <c>System.Net.Security</c> HandshakeStart 1, HandshakeStop 2; the runtime's
/// own <c>Private.InternalDiagnostics.System.Net.Http</c> HandlerMessage (pool, connection, request, member, message), which tells
/// of each frame, and numbers connections otherwise. Names and connects are noted by <see cref="ConnectionWatch"/>, which makes them.
/// </remarks>
internal sealed class CallEvents : EventListener
{
    private const string Http = "System.Net.Http";
    private const string Security = "System.Net.Security";
    private const string Frames = "Private.InternalDiagnostics.System.Net.Http";

    private readonly AsyncLocal<SeenCall?> _current = new();
    private readonly ConcurrentDictionary<int, WatchedConnection> _framed = new();
    private readonly List<EventSource> _found = [];
    private readonly TimeProvider _time;
    private readonly bool _frames;
    private readonly bool _ready;

    /// <summary>Starts listening.</summary>
    /// <param name="time">Gives the timestamps.</param>
    /// <param name="frames">Whether to hear which frames of HTTP/2 come, which TLS hides from whoever watches below it.</param>
    public CallEvents(TimeProvider time, bool frames)
    {
        lock (_found)
        {
            _time = time;
            _frames = frames;
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
        if (eventSource?.Name is not (Http or Security or Frames))
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
        if (eventData.EventSource.Name == Frames)
        {
            HearFrame(eventData);
            return;
        }

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

    // A connection is introduced in the context of the call that opened it; its frames are read in none.
    private void HearFrame(EventWrittenEventArgs told)
    {
        switch (told.Payload)
        {
            case [_, int number, _, "TraceConnection", _] when Current?.Connection is { } opened:
                _framed[number] = opened;
                break;
            case [_, int number, _, _, string message] when message.StartsWith("Frame ", StringComparison.Ordinal) && message.Contains("Type=GoAway", StringComparison.Ordinal)
                && _framed.TryGetValue(number, out var connection):
                connection.SentGoAway = true;
                break;
            default:
                break;
        }
    }

    private void Enable(EventSource source)
    {
        if (source.Name != Frames)
        {
            EnableEvents(source, EventLevel.Informational);
        }
        else if (_frames)
        {
            EnableEvents(source, EventLevel.Verbose);
        }
    }
}
