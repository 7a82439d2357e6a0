using System.Diagnostics.Metrics;

namespace ConnectionReuse.Production;

/// <summary>
/// The share of this process's requests that found an open connection, from the two standard metrics of .NET's HTTP client: a request that
/// must wait for a connection leaves one measurement in <c>http.client.request.time_in_queue</c>, and each request one in
/// <c>http.client.request.duration</c>. Any thread may read it.
/// </summary>
public sealed class ReuseRate : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly int? _port;
    private long _requests;
    private long _waited;

    /// <summary>Counts from here on.</summary>
    /// <param name="port">Count only requests to this port of a server; null counts all.</param>
    public ReuseRate(int? port = null)
    {
        _port = port;
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument is { Meter.Name: "System.Net.Http", Name: "http.client.request.duration" or "http.client.request.time_in_queue" })
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>(Count);
        _listener.Start();
    }

    /// <summary>Requests that have ended.</summary>
    public long Requests => Interlocked.Read(ref _requests);

    /// <summary>Requests that found no connection open and free.</summary>
    public long Waited => Interlocked.Read(ref _waited);

    /// <summary>From 0 (each request waited for a connection) to 1 (none did); no number before the first request has ended.</summary>
    public double Value => Requests == 0 ? double.NaN : 1 - ((double)Waited / Requests);

    /// <inheritdoc />
    public void Dispose() => _listener.Dispose();

    private void Count(Instrument instrument, double seconds, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        if (_port is { } port && !Has(tags, port))
        {
            return;
        }

        Interlocked.Increment(ref instrument.Name == "http.client.request.duration" ? ref _requests : ref _waited);
    }

    private static bool Has(ReadOnlySpan<KeyValuePair<string, object?>> tags, int port)
    {
        foreach (var (name, value) in tags)
        {
            if (name == "server.port")
            {
                return value is int number && number == port;
            }
        }

        return false;
    }
}
