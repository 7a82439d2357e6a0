using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace ConnectionReuse.Connections;

/// <summary>
/// The QUIC library's own totals of this process, read when asked: between two looks they cost nothing. QUIC opens no
/// socket for a connection and shows nobody its handshake, so neither sockets nor TLS events tell of it.
/// </summary>
/// <remarks>Meter <c>Private.InternalDiagnostics.System.Net.Quic.MsQuic</c> of the runtime, which hands on what msquic counts
/// (<c>QUIC_PARAM_GLOBAL_PERF_COUNTERS</c>).</remarks>
public sealed class QuicCounters : IDisposable
{
    private const string Meter = "Private.InternalDiagnostics.System.Net.Quic.MsQuic";

    // The runtime asks msquic again only when what it knows is 50 ms old: until then a look would see the past. Looks lie
    // outside of what is timed, and only processes that speak QUIC look.
    private static readonly TimeSpan Stale = TimeSpan.FromMilliseconds(60);

    private readonly MeterListener _listener = new();
    private readonly Lock _lock = new();
    private QuicTotals _totals = new(0, 0, 0, 0, 0);
    private long _readAt;

    /// <summary>Finds the counters, now or when QUIC is used first.</summary>
    public QuicCounters()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == Meter)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, total, _, _) => Take(instrument.Name, total));
        _listener.Start();
    }

    /// <summary>Reads the totals, 60 ms after an earlier look at the soonest; all are zero before QUIC is used.</summary>
    public QuicTotals Read()
    {
        lock (_lock)
        {
            if (Stale - Stopwatch.GetElapsedTime(_readAt) is var left && left > TimeSpan.Zero)
            {
                Thread.Sleep(left);
            }

            _listener.RecordObservableInstruments();
            _readAt = Stopwatch.GetTimestamp();
            return _totals;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private void Take(string name, long total) => _totals = name switch
    {
        "msquic.connection.created" => _totals with { Created = total },
        "msquic.connection.handshake_failures" => _totals with { HandshakesFailed = total },
        "msquic.connection.resumed" => _totals with { Resumed = total },
        "msquic.udp.recv_bytes" => _totals with { BytesReceived = total },
        "msquic.udp.send_bytes" => _totals with { BytesSent = total },
        _ => _totals,
    };
}

/// <summary>What the QUIC connections of a process have done, at either end.</summary>
/// <param name="Created">Connections, those that failed among them.</param>
/// <param name="HandshakesFailed">Connections that did not come about.</param>
/// <param name="Resumed">Connections that continued a TLS session.</param>
/// <param name="BytesReceived">Bytes above UDP.</param>
/// <param name="BytesSent">Bytes above UDP.</param>
public sealed record QuicTotals(long Created, long HandshakesFailed, long Resumed, long BytesReceived, long BytesSent)
{
    /// <summary>Connections that came about.</summary>
    public long Opened => Created - HandshakesFailed;

    /// <summary>Bytes above UDP, both directions.</summary>
    public long Bytes => BytesReceived + BytesSent;
}
