using System.Diagnostics;

namespace ConnectionReuse.Diagnosis;

/// <summary>
/// Shows the requests and responses of whatever HttpClient makes the calls of one diagnosis. Only the two events without an
/// activity are asked for: an activity would add a header to each request.
/// </summary>
internal sealed class AnswerEvents : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private const string Listener = "HttpHandlerDiagnosticListener";
    private const string Request = "System.Net.Http.Request";
    private const string Response = "System.Net.Http.Response";

    private readonly CallEvents _calls;
    private readonly IDisposable _listeners;
    private IDisposable? _events;

    /// <summary>Starts to listen.</summary>
    /// <param name="calls">Knows the call that an event belongs to.</param>
    public AnswerEvents(CallEvents calls)
    {
        _calls = calls;
        _listeners = DiagnosticListener.AllListeners.Subscribe(this);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _events?.Dispose();
        _listeners.Dispose();
    }

    /// <inheritdoc/>
    public void OnNext(DiagnosticListener value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (value.Name == Listener)
        {
            _events = value.Subscribe(this, (name, _, _) => name is Request or Response);
        }
    }

    /// <inheritdoc/>
    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (_calls.Current is not { } call)
        {
            return;
        }

        switch (Property(value.Value, value.Key == Request ? nameof(Request) : nameof(Response)))
        {
            case HttpRequestMessage request:
                call.AsksToClose |= request.Headers.ConnectionClose == true;
                call.Asked ??= request.Version;
                break;
            case HttpResponseMessage response:
                call.Answered(SeenAnswer.Of(response));
                call.Connection?.Answered();
                break;
        }
    }

    /// <inheritdoc/>
    public void OnCompleted()
    {
    }

    /// <inheritdoc/>
    public void OnError(Exception error)
    {
    }

    // The payload's type is the runtime's own.
    private static object? Property(object? payload, string name) => payload?.GetType().GetProperty(name)?.GetValue(payload);
}
