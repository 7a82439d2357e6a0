using System.Diagnostics.Metrics;
using System.Diagnostics.Tracing;

namespace ConnectionReuse.BenchmarkDotNet;

/// <summary>
/// Counts what this process's clients do between <see cref="Begin"/> and <see cref="End"/>. It hears of connections from the sockets and
/// of requests from a metric: events of the HTTP client would allocate for each request, in what is being measured.
/// </summary>
internal sealed class ConnectionCounter : EventListener
{
    private readonly MeterListener _requests = new();
    private bool _counting;
    private long _opened;
    private long _handshakes;
    private long _ended;

    public ConnectionCounter()
    {
        _requests.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument is { Meter.Name: "System.Net.Http", Name: "http.client.request.duration" })
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _requests.SetMeasurementEventCallback<double>((_, _, _, _) => Add(ref _ended, 1));
        _requests.Start();
    }

    public ConnectionCounts Counts => new(Interlocked.Read(ref _opened), Interlocked.Read(ref _handshakes), Interlocked.Read(ref _ended));

    public void Begin() => Volatile.Write(ref _counting, true);

    public void End() => Volatile.Write(ref _counting, false);

    public override void Dispose()
    {
        _requests.Dispose();
        base.Dispose();
    }

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name is "System.Net.Sockets" or "System.Net.Security")
        {
            EnableEvents(eventSource, EventLevel.Informational);
        }
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        switch (eventData.EventName)
        {
            case "ConnectStop":
                Add(ref _opened, 1);
                break;
            case "ConnectFailed": // a stop follows
                Add(ref _opened, -1);
                break;
            case "HandshakeStart" when eventData.Payload is [false, ..]: // not as a server
                Add(ref _handshakes, 1);
                break;
        }
    }

    private void Add(ref long count, long number)
    {
        if (Volatile.Read(ref _counting))
        {
            Interlocked.Add(ref count, number);
        }
    }
}
