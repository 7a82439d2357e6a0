using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace ConnectionReuse.Testing;

/// <summary>
/// Knows the open scopes of this process and gives each event to the one that it belongs to. There is one for the process, as
/// there is one stream of events: this is the only state that is shared between tests.
/// </summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "It lives as long as the process.")]
internal sealed class ScopeRegistry : IHttpEvents
{
    public static readonly ScopeRegistry Shared = new();

    private readonly object _gate = new();
    private readonly AsyncLocal<ConnectionScope?> _current = new();
    private readonly AsyncLocal<Origin?> _asked = new();
    private readonly ConcurrentDictionary<ActivityTraceId, ConnectionScope> _traces = new();
    private readonly HttpEventListener _events;
    private ResponseListener? _responses;
    private ActivityListener? _activities;
    private ConnectionScope[] _ofTheProcess = [];
    private int _open;
    private int _openedOutside;
    private int _requestsOutside;

    private ScopeRegistry() => _events = new HttpEventListener(this);

    public ConnectionScope? Current
    {
        get => _current.Value;
        set => _current.Value = value;
    }

    public int OpenedOutside => Volatile.Read(ref _openedOutside);

    public int RequestsOutside => Volatile.Read(ref _requestsOutside);

    public void Open(ConnectionScope scope)
    {
        lock (_gate)
        {
            if (scope.TraceId is { } trace)
            {
                _traces[trace] = scope;
            }

            if (scope.IsOfTheProcess)
            {
                _ofTheProcess = [.. _ofTheProcess, scope];
            }

            if (_open++ == 0)
            {
                _activities = ContinuedTraces();
                _responses = ResponseListener.Listen(this);
                _events.Listen();
            }
        }
    }

    public void Close(ConnectionScope scope)
    {
        lock (_gate)
        {
            if (scope.TraceId is { } trace)
            {
                _traces.TryRemove(trace, out _);
            }

            _ofTheProcess = [.. _ofTheProcess.Where(open => open != scope)];
            if (--_open == 0)
            {
                _events.Rest();
                _responses?.Dispose();
                _activities?.Dispose();
            }
        }
    }

    public void RequestStarted(Origin origin)
    {
        if (Volatile.Read(ref _ofTheProcess).Any(static scope => scope.Origin is not null))
        {
            _asked.Value = origin; // for what happens in the flow of this request, which its caller does not see
        }

        if (!Tell(origin, 0, static (ledger, _) => ledger.StartRequest()))
        {
            Interlocked.Increment(ref _requestsOutside);
        }
    }

    public void RequestStopped() => Tell(null, 0, static (ledger, _) => ledger.StopRequest());

    public void RequestFailed() => Tell(null, 0, static (ledger, _) => ledger.FailRequest());

    public void ConnectionOpened(long id, Origin origin, string version)
    {
        if (!Tell(origin, (id, origin, version), static (ledger, opened) => ledger.Open(opened.id, opened.origin, opened.version)))
        {
            Interlocked.Increment(ref _openedOutside);
        }
    }

    public void RequestCarried(long id)
    {
        for (var scope = Find(); scope is not null; scope = StillOpen(scope.Parent))
        {
            scope.Ledger.Carry(id);
        }

        // The event does not say where to. The request's flow does, and a redirected one by the connections that the scope saw opening.
        foreach (var scope in Volatile.Read(ref _ofTheProcess))
        {
            if (scope.Origin is null || scope.Origin == _asked.Value || scope.Ledger.HasOpened(id))
            {
                scope.Ledger.Carry(id);
            }
        }
    }

    public void Answered(Origin origin, bool closing) => Tell(origin, closing, static (ledger, closes) => ledger.Answer(closes));

    // A lambda that captured would allocate for each event. Answers whether the event belongs to a scope other than those of the whole process.
    private bool Tell<T>(Origin? origin, T value, Action<ScopeLedger, T> entry)
    {
        var found = Find();
        for (var scope = found; scope is not null; scope = StillOpen(scope.Parent))
        {
            entry(scope.Ledger, value);
        }

        foreach (var scope in Volatile.Read(ref _ofTheProcess))
        {
            if (scope.Origin is null || scope.Origin == origin)
            {
                entry(scope.Ledger, value);
            }
        }

        return found is not null;
    }

    // The trace first: a server in this process may have been started in the flow of another test, but it continues the trace of
    // the request that it answers.
    private ConnectionScope? Find() => StillOpen(
        !_traces.IsEmpty && Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity && _traces.TryGetValue(activity.TraceId, out var scope)
            ? scope
            : _current.Value);

    // A task that outlives its scope still has it in its flow.
    private static ConnectionScope? StillOpen(ConnectionScope? scope)
    {
        while (scope is { HasEnded: true })
        {
            scope = scope.Parent;
        }

        return scope;
    }

    // ASP.NET Core continues the trace of a request only where somebody listens.
    private static ActivityListener ContinuedTraces()
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == "Microsoft.AspNetCore",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.PropagationData,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}
