using System.Diagnostics.Tracing;
using System.Security.Authentication;

namespace ConnectionReuse.Connections;

/// <summary>
/// Counts what this process opens, from the runtime's own counters and events. TLS speaks only when a connection opens,
/// so a reused connection costs nothing; the per-request events of HTTP are heard only where a network hides their cost.
/// A server of TLS belongs into another process: the events' own word for whose handshake it is, <c>isServer</c>, cannot be
/// relied on, as the runtime writes four bytes of which only the first is set.
/// </summary>
/// <remarks>EventSources: <c>System.Net.Security</c> HandshakeStart 1, HandshakeStop 2, HandshakeFailed 3;
/// <c>System.Net.Http</c> RequestHeadersStart 7 (connectionId); for connections and bytes <see cref="SocketCounters"/>.</remarks>
public sealed class ClientConnections : EventListener
{
    private const string Security = "System.Net.Security";
    private const string Http = "System.Net.Http";

    private readonly bool _perRequest;
    private readonly QuicCounters? _quic;
    private readonly QuicTotals? _quicBefore;
    private readonly HashSet<long> _carrying = [];
    private readonly List<EventSource> _sources = [];
    private readonly SocketCounters _sockets = new();
    private readonly SocketTotals _before;
    private readonly bool _ready;
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

    /// <summary>The TLS version of the last handshake, such as <c>1.3</c>, with QUIC as of the last <see cref="Counts"/>; null before one.</summary>
    public string? TlsProtocol => Volatile.Read(ref _quicOpened) > 0 ? Quic.TlsProtocol : Volatile.Read(ref _tlsProtocol);

    /// <summary>Stops listening to handshakes, where the server counts them: their events cost a fresh call half a percent.</summary>
    public void LeaveHandshakesToServer()
    {
        lock (_sources)
        {
            _sources.FindAll(source => source.Name == Security).ForEach(DisableEvents);
        }
    }

    /// <summary>The counts so far.</summary>
    public ClientCounts Counts()
    {
        var sockets = _sockets.Read();
        var quic = _quic?.Read();
        var quicOpened = quic?.Opened - _quicBefore?.Opened ?? 0;
        Volatile.Write(ref _quicOpened, quicOpened);
        var quicBytes = quic?.Bytes - _quicBefore?.Bytes ?? 0;
        lock (_carrying)
        {
            var carrying = _perRequest ? _carrying.Count : (long?)null;
            _carrying.Clear();
            return new ClientCounts(
                sockets.ConnectionsOpened - _before.ConnectionsOpened + quicOpened,
                Interlocked.Read(ref _handshakes) + quicOpened,
                carrying,
                sockets.BytesReceived + sockets.BytesSent - _before.BytesReceived - _before.BytesSent + quicBytes);
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
                    _carrying.Add((long)eventData.Payload![0]!);
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

/// <summary>What a process has opened since it started counting.</summary>
/// <param name="Opened">Connections established, of TCP or of QUIC.</param>
/// <param name="Handshakes">TLS handshakes begun that did not fail.</param>
/// <param name="Carrying">Distinct connections that carried a request since the last look; null where requests are not listened to.</param>
/// <param name="Bytes">Bytes above TCP, or above UDP with QUIC, both directions.</param>
public sealed record ClientCounts(long Opened, long Handshakes, long? Carrying, long Bytes);
