using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Reflection;

namespace ConnectionReuse.Testing;

/// <summary>
/// Looks at the headers of each response for what ends its connection. It asks for the one diagnostic event that starts no
/// activity, so that no request gets a trace because of it.
/// </summary>
internal sealed class ResponseListener(IHttpEvents events) : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private const string Listener = "HttpHandlerDiagnosticListener";
    private const string Response = "System.Net.Http.Response";
    private readonly object _gate = new();
    private readonly List<IDisposable> _subscriptions = [];
    private IDisposable? _listeners;
    private PropertyInfo? _response;

    public static ResponseListener Listen(IHttpEvents events)
    {
        var listener = new ResponseListener(events);
        listener._listeners = DiagnosticListener.AllListeners.Subscribe(listener);
        return listener;
    }

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == Listener)
        {
            lock (_gate)
            {
                _subscriptions.Add(value.Subscribe(this, static (name, _, _) => name == Response));
            }
        }
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Key == Response && value.Value is { } payload && Property(payload)?.GetValue(payload) is HttpResponseMessage response
            && response.RequestMessage?.RequestUri is { IsAbsoluteUri: true } address)
        {
            events.Answered(Origin.Of(address), Closes(response));
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    public void Dispose()
    {
        _listeners?.Dispose();
        lock (_gate)
        {
            _subscriptions.ForEach(subscription => subscription.Dispose());
            _subscriptions.Clear();
        }
    }

    private static bool Closes(HttpResponseMessage response) => response.Headers.ConnectionClose == true
        || (response.Version == HttpVersion.Version10 && !response.Headers.Connection.Contains("keep-alive", StringComparer.OrdinalIgnoreCase));

    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "The runtime keeps the public properties of what it writes to a DiagnosticSource (DiagnosticsHandler.Write).")]
    private PropertyInfo? Property(object payload) => _response ??= payload.GetType().GetProperty("Response");
}
