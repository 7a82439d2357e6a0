namespace ConnectionReuse.Connections;

/// <summary>Counts the connections, handshakes and requests of one local target, from any number of threads.</summary>
/// <param name="quic">Tells which QUIC connections resumed a session, where the target is the only one of its process that speaks it; else null.</param>
public sealed class ServerConnectionCounter(QuicCounters? quic = null)
{
    private long _opened;
    private long _used;
    private long _requests;
    private long _full;
    private long _resumed;
    private int _epoch;

    /// <summary>Returns the counts and starts a new epoch for <see cref="ServerCounts.ConnectionsUsed"/>.</summary>
    public ServerCounts Mark()
    {
        Interlocked.Increment(ref _epoch);
        var opened = Interlocked.Read(ref _opened);
        var counts = new ServerCounts(
            opened,
            Interlocked.Exchange(ref _used, 0),
            Interlocked.Read(ref _requests),
            Interlocked.Read(ref _full),
            Interlocked.Read(ref _resumed));

        // No QUIC connection is without its handshake: one that did not resume was full.
        return quic?.Read() is { } totals
            ? counts with { FullHandshakes = opened - totals.Resumed, ResumedHandshakes = totals.Resumed }
            : counts;
    }

    /// <summary>Books a new connection.</summary>
    internal CountedConnection Open(bool tls)
    {
        Interlocked.Increment(ref _opened);
        return new CountedConnection(this, tls ? new ServerFlight() : null);
    }

    /// <summary>One connection's share; only requests, which HTTP/2 multiplexes, may come from several threads at a time.</summary>
    internal sealed class CountedConnection(ServerConnectionCounter counter, ServerFlight? flight)
    {
        private ServerFlight? _flight = flight;
        private int _epoch = -1;

        public void Sent(ReadOnlySpan<byte> bytes)
        {
            if (_flight is null)
            {
                return;
            }

            _flight.Append(bytes);
            if (_flight.Kind == TlsHandshakeKind.Undecided)
            {
                return;
            }

            if (_flight.Kind == TlsHandshakeKind.Full)
            {
                Interlocked.Increment(ref counter._full);
            }
            else if (_flight.Kind == TlsHandshakeKind.Resumed)
            {
                Interlocked.Increment(ref counter._resumed);
            }

            _flight = null;
        }

        public void Request()
        {
            Interlocked.Increment(ref counter._requests);
            var epoch = Volatile.Read(ref counter._epoch);
            if (Volatile.Read(ref _epoch) != epoch && Interlocked.Exchange(ref _epoch, epoch) != epoch)
            {
                Interlocked.Increment(ref counter._used);
            }
        }
    }
}
