using System.Collections.ObjectModel;
using System.Diagnostics.Tracing;
using Microsoft.Extensions.Logging;

namespace ConnectionReuse.Connections;

/// <summary>
/// Logs the line of the documented session, <c>Starting new HTTPS connection (1): host</c>, for each connection that the
/// runtime reports. The number counts the connections of one client: <see cref="ClientCreated"/> starts it over.
/// </summary>
internal sealed partial class ConnectionLog : EventListener
{
    private const string Http = "System.Net.Http";
    private const string Sockets = "System.Net.Sockets";

    private readonly ILogger _logger;
    private readonly Uri _uri;
    private readonly string _scheme;
    private readonly string _source;
    private readonly bool _proxied;
    private readonly List<EventSource> _found = [];
    private readonly bool _ready;
    private int _ofThisClient;
    private int _lines;

    /// <summary>Starts logging.</summary>
    /// <param name="logger">Where the lines go.</param>
    /// <param name="uri">Whose connections are meant; names scheme and host in the line.</param>
    /// <param name="bareSockets">Whether connections are told by the sockets' events, for clients without HttpClient.</param>
    /// <param name="proxied">Whether a proxy lies before it, whose connections belong to no host.</param>
    public ConnectionLog(ILogger logger, Uri uri, bool bareSockets = false, bool proxied = false)
    {
        (_logger, _proxied) = (logger, proxied);
        ArgumentNullException.ThrowIfNull(uri);
        _uri = uri;
        _scheme = uri.Scheme.ToUpperInvariant();
        lock (_found)
        {
            _source = bareSockets ? Sockets : Http;
            _ready = true;
            _found.ForEach(Enable);
        }
    }

    /// <summary>Lines logged so far, that is connections opened.</summary>
    public int Lines => Volatile.Read(ref _lines);

    /// <summary>Starts the count of a client over.</summary>
    public void ClientCreated() => Interlocked.Exchange(ref _ofThisClient, 0);

    /// <inheritdoc/>
    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource?.Name is not (Http or Sockets))
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
        if (eventData.EventName == "ConnectStart" || (eventData.EventName == "ConnectionEstablished" && IsMeant(eventData.Payload!)))
        {
            Interlocked.Increment(ref _lines);
            var number = Interlocked.Increment(ref _ofThisClient);
            StartingConnection(_logger, _scheme, number, _uri.Host);
        }
    }

    // ConnectionEstablished(versionMajor, versionMinor, connectionId, scheme, host, port, remoteAddress): a redirect may
    // lead the same client elsewhere.
    private bool IsMeant(ReadOnlyCollection<object?> payload) => (_proxied && _uri.Scheme == Uri.UriSchemeHttp)
        || (_uri.Scheme.Equals(payload[3] as string, StringComparison.OrdinalIgnoreCase)
            && _uri.IdnHost.Equals(payload[4] as string, StringComparison.OrdinalIgnoreCase)
            && payload[5] is int port && port == _uri.Port);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Starting new {Scheme} connection ({Number}): {Host}")]
    private static partial void StartingConnection(ILogger logger, string scheme, int number, string host);

    private void Enable(EventSource source)
    {
        if (source.Name == _source)
        {
            EnableEvents(source, EventLevel.Informational);
        }
    }
}
