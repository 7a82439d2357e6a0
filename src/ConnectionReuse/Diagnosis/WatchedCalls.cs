using System.Security.Authentication;
using ConnectionReuse.Clients;
using ConnectionReuse.Phases;
using ConnectionReuse.Targets;

namespace ConnectionReuse.Diagnosis;

/// <summary>The calls of one client, watched one after another.</summary>
internal sealed class WatchedCalls : IAsyncDisposable
{
    private readonly CallEvents _events;
    private readonly AnswerEvents _answers;
    private readonly ConnectionWatch _watch;
    private readonly ICaller _caller;
    private readonly TimeProvider _time;
    private readonly bool _follows;
    private readonly Dictionary<long, WatchedConnection> _unseen = [];
    private readonly List<ObservedCall> _calls = [];

    /// <summary>Makes the client; opens no connection yet.</summary>
    public WatchedCalls(ClientPattern pattern, Target target, DiagnosisOptions options, TimeProvider time)
    {
        _time = time;
        _follows = target.Request is { Follow: true };
        _events = new CallEvents(time, frames: target is { IsTls: true, HttpVersion.Major: 2 });
        _answers = new AnswerEvents(_events);
        _watch = new ConnectionWatch(options.Resolve, _events, time);
        _caller = pattern.Open(target with { HandlerMade = target.IsQuic ? null : _watch.Made, AnyStatus = true }); // QUIC has no stream below it
    }

    /// <summary>The calls so far.</summary>
    public IReadOnlyList<ObservedCall> Calls => _calls;

    /// <summary>The connections so far.</summary>
    public IReadOnlyList<WatchedConnection> Connections => [.. _watch.Connections, .. _unseen.Values];

    /// <summary>The addresses of a name none of which answered.</summary>
    public IReadOnlyList<AddressTry> FailedTries => _watch.Failed;

    /// <summary>The edges of the first call.</summary>
    public IReadOnlyList<PhaseEvent> FirstEdges { get; private set; } = [];

    /// <summary>Makes one call.</summary>
    public async Task<ObservedCall> CallAsync(CancellationToken cancellationToken)
    {
        var seen = new SeenCall();
        string? failure = null;
        var (cancelled, timedOut) = (false, false);
        _events.Current = seen;
        seen.Note(PhaseEdge.CallStart, _time.GetTimestamp());
        try
        {
            await _caller.CallAsync(cancellationToken);
        }
        catch (Exception e) when (Failure.IsOfACall(e) && !cancellationToken.IsCancellationRequested)
        {
            failure = e.InnerException is AuthenticationException && _watch.CertificateProblem is { } problem ? $"TLS: {problem}" : Failure.Describe(e);
            timedOut = e is OperationCanceledException { InnerException: TimeoutException };
            cancelled = e is OperationCanceledException && !timedOut;
        }
        finally
        {
            seen.Note(PhaseEdge.CallStop, _time.GetTimestamp());
            _events.Current = null;
        }

        FirstEdges = _calls.Count == 0 ? seen.Edges : FirstEdges;
        var call = Observed(seen, failure, cancelled) with { TimedOut = timedOut };
        _calls.Add(call);
        return call;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var connection in _watch.Connections)
        {
            connection.Leave();
        }

        await _caller.DisposeAsync();
        _answers.Dispose();
        _events.Dispose();
    }

    // A call whose last answer is a redirect, and which failed then, was not answered where it was led to.
    private ObservedCall Observed(SeenCall seen, string? failure, bool cancelled)
    {
        var answers = seen.Answers;
        var isCutShort = failure is not null && _follows && answers is [.., { Answer.Status: >= 300 and < 400 }];
        var redirects = isCutShort ? answers : [.. answers.SkipLast(1)];

        // Where a pooled connection turns out to be closed, the runtime writes the request again to another: the last one carried it.
        return new ObservedCall(isCutShort || answers.Count == 0 ? null : answers[^1].Answer, seen.Requests is [.., var last] ? ConnectionOf(last) : seen.Connection, failure, cancelled, seen.AsksToClose, seen.Asked)
        {
            Redirects = [.. redirects.Select(each => new ObservedCall(each.Answer, each.Id is { } id ? ConnectionOf(id) : null, null, false, seen.AsksToClose, seen.Asked))],
        };
    }

    private WatchedConnection ConnectionOf(long id)
    {
        if (_watch.Connections.FirstOrDefault(connection => connection.Id == id) is { } watched)
        {
            return watched;
        }

        if (!_unseen.TryGetValue(id, out var unseen))
        {
            _unseen[id] = unseen = new WatchedConnection(null, null, _time) { Id = id };
            unseen.Ended(ConnectionEnd.Unseen);
        }

        return unseen;
    }
}
