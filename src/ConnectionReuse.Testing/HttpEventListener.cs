using System.Diagnostics.Tracing;

namespace ConnectionReuse.Testing;

/// <summary>
/// Hears the events of System.Net.Http, each in the execution context of the request that caused it, and hands them on.
/// It listens only between <see cref="Listen"/> and <see cref="Rest"/>: an event that somebody hears allocates its arguments.
/// </summary>
internal sealed class HttpEventListener(IHttpEvents events) : EventListener
{
    private const string SourceName = "System.Net.Http";
    private readonly object _gate = new();
    private EventSource? _source;
    private bool _listening;

    public void Listen() => Switch(true);

    public void Rest() => Switch(false);

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name != SourceName)
        {
            return;
        }

        lock (_gate)
        {
            _source = eventSource;
            Apply();
        }
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        var values = eventData.Payload;
        switch (eventData.EventName)
        {
            case "RequestStart" when values is [string scheme, string host, int port, ..]:
                events.RequestStarted(new Origin(scheme, host, port));
                break;
            case "RequestStop":
                events.RequestStopped();
                break;
            case "RequestFailed":
                events.RequestFailed();
                break;
            case "ConnectionEstablished" when values is [byte major, byte minor, long id, string scheme, string host, int port, ..]:
                events.ConnectionOpened(id, new Origin(scheme, host, port), major == 1 ? $"HTTP/1.{minor}" : $"HTTP/{major}");
                break;
            case "RequestHeadersStart" when values is [long id, ..]:
                events.RequestCarried(id);
                break;
        }
    }

    private void Switch(bool listening)
    {
        lock (_gate)
        {
            _listening = listening;
            Apply();
        }
    }

    private void Apply()
    {
        if (_source is null)
        {
            return;
        }

        if (_listening)
        {
            EnableEvents(_source, EventLevel.Informational, EventKeywords.None);
        }
        else
        {
            DisableEvents(_source);
        }
    }
}
