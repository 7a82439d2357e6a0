using System.Diagnostics;
using System.Diagnostics.Metrics;
using ConnectionReuse.Results;

namespace ConnectionReuse.Connections;

/// <summary>
/// The QUIC library's own totals of this process, read when asked: between two looks they cost nothing. QUIC opens no
/// socket for a connection and shows nobody its handshake, so neither sockets nor TLS events tell of it.
/// </summary>
/// <remarks>Meter <c>Private.InternalDiagnostics.System.Net.Quic.MsQuic</c> of the runtime, which hands on what msquic counts
/// (<c>QUIC_PARAM_GLOBAL_PERF_COUNTERS</c>).</remarks>
internal sealed class QuicCounters : IDisposable
{
    private const string Meter = "Private.InternalDiagnostics.System.Net.Quic.MsQuic";

    // The runtime asks msquic again only when what it knows is 50 ms old: until then a look would see the past. Looks lie
    // outside of what is timed, and only processes that speak QUIC look.
    private static readonly TimeSpan Stale = TimeSpan.FromMilliseconds(60);

    private readonly MeterListener _listener = new();
    private readonly Lock _lock = new();
    private long _created;
    private long _failed;
    private long _resumed;
    private long _received;
    private long _sent;
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

    /// <summary>Reads the totals, 60 ms after an earlier look at the soonest; all are zero before QUIC is used. Connections that did not come about are none.</summary>
    public Counts Read()
    {
        lock (_lock)
        {
            if (Stale - Stopwatch.GetElapsedTime(_readAt) is var left && left > TimeSpan.Zero)
            {
                Thread.Sleep(left);
            }

            _listener.RecordObservableInstruments();
            _readAt = Stopwatch.GetTimestamp();
            return new Counts { Opened = _created - _failed, ResumedHandshakes = _resumed, WireBytes = _received + _sent };
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private void Take(string name, long total)
    {
        switch (name)
        {
            case "msquic.connection.created":
                _created = total;
                break;
            case "msquic.connection.handshake_failures":
                _failed = total;
                break;
            case "msquic.connection.resumed":
                _resumed = total;
                break;
            case "msquic.udp.recv_bytes":
                _received = total;
                break;
            case "msquic.udp.send_bytes":
                _sent = total;
                break;
            default:
                break;
        }
    }
}
