using System.Diagnostics;

namespace ConnectionReuse.Testing;

/// <summary>
/// Counts the connections that the HTTP requests of a test open, and holds them to a budget. A request belongs to the scope in
/// whose flow (<see cref="ExecutionContext"/>) or trace it is sent, so that tests may run in parallel. Start it in the test method,
/// or in a constructor or set-up that is not async: what an async method starts does not reach its caller. Any thread may call any
/// member. While a scope is open, each request of the process allocates some more (the README says how much).
/// </summary>
public sealed class ConnectionScope : IDisposable
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(100);
    private readonly ScopeRegistry _registry = ScopeRegistry.Shared;
    private readonly int _openedOutsideBefore;
    private readonly int _requestsOutsideBefore;
    private readonly Activity? _activity;
    private readonly Activity? _activityBefore;
    private (int Opened, int Requests)? _outsideAtTheEnd;
    private int _disposed;

    private ConnectionScope(bool ofTheProcess, Origin? origin, bool followTraces)
    {
        if (AppContext.TryGetSwitch("System.Diagnostics.Tracing.EventSource.IsSupported", out var supported) && !supported)
        {
            throw new InvalidOperationException("Connections cannot be counted: events are switched off in this process. Remove EventSourceSupport=false from the test project.");
        }

        (IsOfTheProcess, Origin) = (ofTheProcess, origin);
        (_openedOutsideBefore, _requestsOutsideBefore) = (_registry.OpenedOutside, _registry.RequestsOutside);
        if (!ofTheProcess)
        {
            Parent = _registry.Current;
        }

        if (followTraces)
        {
            // A trace of its own, or parallel tests below one activity could not be told apart.
            _activityBefore = Activity.Current;
            Activity.Current = null;
            _activity = new Activity("ConnectionReuse.Testing.ConnectionScope").SetIdFormat(ActivityIdFormat.W3C).Start();
        }

        _registry.Open(this);
        if (!ofTheProcess)
        {
            _registry.Current = this;
        }
    }

    /// <summary>The scope that the caller's requests are counted in: the innermost that was started in its flow; none if null.</summary>
    public static ConnectionScope? Current => ScopeRegistry.Shared.Current;

    /// <summary>Connections opened for requests of this scope. A refused attempt opens none and is not counted.</summary>
    public int Opened => Ledger.Read().Opened;

    /// <summary>Requests that were begun in this scope: calls of a client, each once however often it is redirected or retried.</summary>
    public int Requests => Ledger.Read().Requests;

    /// <summary>Connections that carried requests of this scope, those with them that were open already.</summary>
    public int Carrying => Ledger.Read().Carrying;

    /// <summary>What was opened to each origin with each version of HTTP, in the order in which they were first used.</summary>
    public IReadOnlyList<OriginConnections> ByOrigin => Ledger.Read().ByOrigin;

    /// <summary>
    /// Connections that opened in this process while the scope was open and belong to no scope: by a test without one, by a worker
    /// that was started earlier, or where the flow was suppressed. It should be 0 in a test that runs alone.
    /// </summary>
    public int OpenedOutsideAnyScope => (_outsideAtTheEnd?.Opened ?? _registry.OpenedOutside) - _openedOutsideBefore;

    internal ConnectionScope? Parent { get; }

    internal bool IsOfTheProcess { get; }

    internal Origin? Origin { get; }

    internal bool HasEnded => Volatile.Read(ref _disposed) != 0;

    internal ActivityTraceId? TraceId => _activity?.TraceId;

    internal ScopeLedger Ledger { get; } = new();

    /// <summary>Starts a scope for the requests that the caller sends from here on, until the scope is disposed.</summary>
    /// <param name="followTraces">
    /// Count also what a server in this process sends on behalf of the test's requests: the scope begins a trace, and each request
    /// carries its id to the server in a <c>traceparent</c> header. Say false where the bytes of the requests or the caller's own trace
    /// matter.
    /// </param>
    /// <returns>The scope; dispose it where the test ends.</returns>
    /// <exception cref="InvalidOperationException">Events are switched off in this process.</exception>
    public static ConnectionScope Start(bool followTraces = true) => new(false, null, followTraces);

    /// <summary>
    /// Starts a scope for every request of the process, whichever test or worker sends it: a budget for a fixture whose client
    /// is shared by parallel tests. It may be started in an async set-up.
    /// </summary>
    /// <param name="origin">Count only what goes to this scheme, host and port: those of the fixture's own server. Null counts all.</param>
    /// <returns>The scope; dispose it where the fixture ends.</returns>
    /// <exception cref="ArgumentException"><paramref name="origin"/> is no absolute address.</exception>
    /// <exception cref="InvalidOperationException">Events are switched off in this process.</exception>
    public static ConnectionScope StartForProcess(Uri? origin = null)
    {
        if (origin is { IsAbsoluteUri: false })
        {
            throw new ArgumentException("An origin is an absolute address, such as http://localhost:5080.", nameof(origin));
        }

        return new ConnectionScope(true, origin is null ? null : Testing.Origin.Of(origin), false);
    }

    /// <summary>Fails the test if more connections than these were opened in the scope.</summary>
    /// <param name="connections">The most connections; 0 or more.</param>
    /// <param name="mayProveNothing">Pass also where no request of the scope went over a connection, as with a TestServer.</param>
    /// <exception cref="ConnectionBudgetException">More were opened, or nothing was proven.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="connections"/> is negative.</exception>
    public void AtMost(int connections, bool mayProveNothing = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(connections);
        Hold(counts => Compare(counts.Opened, connections), $"at most {BudgetMessage.Connections(connections)}", mayProveNothing);
    }

    /// <summary>Fails the test unless exactly this number of connections was opened in the scope.</summary>
    /// <param name="connections">The connections; 0 or more.</param>
    /// <param name="mayProveNothing">Pass also where no request of the scope went over a connection, as with a TestServer.</param>
    /// <exception cref="ConnectionBudgetException">More or fewer were opened, or nothing was proven.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="connections"/> is negative.</exception>
    public void Exactly(int connections, bool mayProveNothing = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(connections);
        Hold(counts => counts.Opened.CompareTo(connections), $"exactly {BudgetMessage.Connections(connections)}", mayProveNothing);
    }

    /// <summary>Fails the test if more connections per request than these were opened in the scope.</summary>
    /// <param name="connections">The most connections for each request: 0.1 allows one for ten requests.</param>
    /// <param name="mayProveNothing">Pass also where no request of the scope went over a connection, as with a TestServer.</param>
    /// <exception cref="ConnectionBudgetException">More were opened, or nothing was proven.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="connections"/> is negative or no number.</exception>
    public void PerRequest(double connections, bool mayProveNothing = false)
    {
        if (!(connections >= 0))
        {
            throw new ArgumentOutOfRangeException(nameof(connections), connections, "Connections per request are 0 or more.");
        }

        Hold(counts => Compare((double)counts.Opened / counts.Requests, connections), $"at most {BudgetMessage.Number(connections)} connections per request", mayProveNothing);
    }

    /// <summary>
    /// Waits until nothing of this scope has happened for a while. A pool may open a connection for a request that another connection
    /// has answered meanwhile, so that it is counted only after the test's last response.
    /// </summary>
    /// <param name="quiet">How long nothing may happen; 100 ms unless said otherwise.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>A task that ends when all is quiet.</returns>
    /// <exception cref="OperationCanceledException">The waiting was ended.</exception>
    public async Task SettleAsync(TimeSpan? quiet = null, CancellationToken cancellationToken = default)
    {
        for (long? before = null; before != Ledger.Entries;)
        {
            before = Ledger.Entries;
            await Task.Delay(quiet ?? Quiet, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Ends the scope: nothing that happens later is counted in it, whoever began it. Its counts can still be read.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        _outsideAtTheEnd = (_registry.OpenedOutside, _registry.RequestsOutside);
        _registry.Close(this);
        if (!IsOfTheProcess && _registry.Current == this)
        {
            _registry.Current = Parent;
        }

        if (_activity is not null)
        {
            var mine = Activity.Current == _activity;
            _activity.Stop();
            if (mine)
            {
                Activity.Current = _activityBefore;
            }
        }
    }

    // Fewer than a limit is as good as the limit.
    private static int Compare(double opened, double limit) => Math.Max(0, opened.CompareTo(limit));

    // The comparison answers 0 where the budget holds, less where too few were opened, more where too many were.
    private void Hold(Func<ScopeCounts, int> compare, string expected, bool mayProveNothing)
    {
        var counts = Ledger.Read() with
        {
            OpenedOutside = OpenedOutsideAnyScope,
            RequestsOutside = (_outsideAtTheEnd?.Requests ?? _registry.RequestsOutside) - _requestsOutsideBefore,
            OfTheProcess = IsOfTheProcess,
            Reaches = IsOfTheProcess || _disposed != 0 || IsAround(_registry.Current),
        };
        if (counts.ProvesNothing && !mayProveNothing)
        {
            throw new ConnectionBudgetException(BudgetMessage.NothingProven(counts));
        }

        if (compare(counts) is not 0 and var excess)
        {
            throw new ConnectionBudgetException(BudgetMessage.Broken(counts, expected, tooFew: excess < 0));
        }
    }

    private bool IsAround(ConnectionScope? inner)
    {
        for (; inner is not null; inner = inner.Parent)
        {
            if (inner == this)
            {
                return true;
            }
        }

        return false;
    }
}
