using System.Diagnostics.Tracing;
using System.Security.Authentication;
using ConnectionReuse.Results;

namespace ConnectionReuse.Connections;

/// <summary>
/// Counts what this process opens, from the runtime's own counters and events. TLS speaks only when a connection opens,
/// so a reused connection costs nothing; the per-request events of HTTP are heard only where a network hides their cost.
/// A server of TLS belongs into another process: the events' own word for whose handshake it is, <c>isServer</c>, cannot be
/// relied on, as the runtime writes four bytes of which only the first is set.
/// </summary>
/// <remarks>EventSources: <c>System.Net.Security</c> HandshakeStart 1, HandshakeStop 2, HandshakeFailed 3;
/// <c>System.Net.Http</c> ConnectionClosed 5 (versions, connectionId), RequestHeadersStart 7 (connectionId); for connections and bytes <see cref="SocketCounters"/>.</remarks>
internal sealed class ClientConnections : EventListener
{
    private const string Security = "System.Net.Security";
    private const string Http = "System.Net.Http";

    private readonly bool _perRequest;
    private readonly QuicCounters? _quic;
    private readonly HashSet<long> _carrying = [];
    private readonly Dictionary<long, int> _calls = [];
    private readonly List<int> _ended = [];
    private readonly List<EventSource> _sources = [];
    private readonly SocketCounters _sockets = new();
    private readonly Counts _before;
    private readonly Counts? _quicBefore;
    private readonly bool _ready;
    private long _carried;
    private long _handshakes;
    private long _quicOpened;
    private string? _tlsProtocol;

    /// <summary>Starts counting.</summary>
    /// <param name="perRequest">Whether to tell connections apart by each request's event.</param>
    /// <param name="quic">Whether to count the connections of QUIC too, whose handshakes and bytes are then among the counts.</param>
    public ClientConnections(bool perRequest = false, bool quic = false)
    {
        _perRequest = perRequest;
        _quic = quic ? new QuicCounters() : null;
        _quicBefore = _quic?.Read();
        lock (_sources)
        {
            _ready = true;
            _sources.ForEach(Enable);
        }

        _before = _sockets.Read();
    }

    /// <summary>The TLS version of the last handshake, such as <c>1.3</c>, with QUIC as of the last <see cref="Read"/>; null before one.</summary>
    public string? TlsProtocol => Volatile.Read(ref _quicOpened) > 0 ? Quic.TlsProtocol : Volatile.Read(ref _tlsProtocol);

    /// <summary>Stops listening to handshakes, where the server counts them: their events cost a fresh call half a percent.</summary>
    public void LeaveHandshakesToServer()
    {
        lock (_sources)
        {
            _sources.FindAll(source => source.Name == Security).ForEach(DisableEvents);
        }
    }

    /// <summary>TLS handshakes begun that did not fail, of either kind, with QUIC as of the last <see cref="Read"/>.</summary>
    public long Handshakes => Interlocked.Read(ref _handshakes) + Volatile.Read(ref _quicOpened);

    /// <summary>
    /// The running totals since this object was made. A connection is among those that carried requests once between two
    /// looks in which it did, where requests are listened to.
    /// </summary>
    public Counts Read()
    {
        var counts = _sockets.Read() - _before;
        if (Counts.Between(_quicBefore, _quic?.Read()) is { } quic)
        {
            Volatile.Write(ref _quicOpened, quic.Opened!.Value);
            counts += quic;
        }

        lock (_carrying)
        {
            _carried += _carrying.Count;
            _carrying.Clear();
            return counts with { Carrying = _perRequest ? _carried : null };
        }
    }

    /// <summary>How many calls each connection had carried that ended since the last look, where requests are listened to.</summary>
    public IReadOnlyList<int> TakeEnded()
    {
        lock (_carrying)
        {
            int[] ended = [.. _ended];
            _ended.Clear();
            return ended;
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _sockets.Dispose();
        _quic?.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        // The base constructor reports the sources that exist before the fields of this class are set.
        if (eventSource?.Name is not (Security or Http))
        {
            return;
        }

        lock (_sources)
        {
            _sources.Add(eventSource);
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
        switch (eventData.EventSource.Name, eventData.EventName)
        {
            case (Security, "HandshakeStart"):
                Interlocked.Increment(ref _handshakes);
                break;
            case (Security, "HandshakeFailed"):
                Interlocked.Decrement(ref _handshakes);
                break;
            case (Security, "HandshakeStop") when (SslProtocols)(int)eventData.Payload![0]! is not SslProtocols.None and var protocol:
                Volatile.Write(ref _tlsProtocol, TlsVersion.NameOf(protocol)); // None follows a failure
                break;
            case (Http, "RequestHeadersStart"):
                lock (_carrying)
                {
                    var carrying = (long)eventData.Payload![0]!;
                    _carrying.Add(carrying);
                    _calls[carrying] = _calls.GetValueOrDefault(carrying) + 1;
                }

                break;
            case (Http, "ConnectionClosed"):
                lock (_carrying)
                {
                    if (_calls.Remove((long)eventData.Payload![2]!, out var calls))
                    {
                        _ended.Add(calls);
                    }
                }

                break;
            default:
                break;
        }
    }

    private void Enable(EventSource source)
    {
        if (source.Name != Http || _perRequest)
        {
            EnableEvents(source, EventLevel.Informational);
        }
    }
}
