using ConnectionReuse.Results;

namespace ConnectionReuse.Connections;

/// <summary>Counts the connections, handshakes and requests of one local target, from any number of threads.</summary>
/// <param name="quic">Tells which QUIC connections resumed a session, where the target is the only one of its process that speaks it; else null.</param>
internal sealed class ServerConnectionCounter(QuicCounters? quic = null)
{
    private long _opened;
    private long _carrying;
    private long _requests;
    private long _full;
    private long _resumed;
    private int _epoch;

    /// <summary>The requests so far, without a mark.</summary>
    public long Requests => Interlocked.Read(ref _requests);

    /// <summary>
    /// Returns the running totals and starts a new epoch: a connection is among those that carried requests once in each
    /// epoch in which it did, so that the difference of two neighbouring marks tells distinct connections. CPU time is that of
    /// the whole process: where only one of its targets is called at a time, it is that target's.
    /// </summary>
    public Counts Mark()
    {
        Interlocked.Increment(ref _epoch);
        var opened = Interlocked.Read(ref _opened);
        var counts = new Counts
        {
            Accepted = opened,
            Carrying = Interlocked.Read(ref _carrying),
            Requests = Interlocked.Read(ref _requests),
            FullHandshakes = Interlocked.Read(ref _full),
            ResumedHandshakes = Interlocked.Read(ref _resumed),
            ServerCpuMicroseconds = ProcessCpu.Microseconds,
        };

        // No QUIC connection is without its handshake: one that did not resume was full.
        return quic?.Read().ResumedHandshakes is { } resumed
            ? counts with { FullHandshakes = opened - resumed, ResumedHandshakes = resumed }
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
                Interlocked.Increment(ref counter._carrying);
            }
        }
    }
}
