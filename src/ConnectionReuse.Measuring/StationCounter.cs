using ConnectionReuse.Clients;
using ConnectionReuse.Connections;

namespace ConnectionReuse.Measuring;

/// <summary>Counts at both ends around the blocks of a station.</summary>
/// <param name="setup">Where the servers are that count too.</param>
/// <param name="timer">Has timed the calls of a block when it ends.</param>
internal sealed class StationCounter(StationSetup setup, CallTimer timer) : IDisposable
{
    private readonly Dictionary<ControlAddress, ServerControl> _controls = [];
    private ClientConnections? _connections;

    /// <summary>Counts a block.</summary>
    /// <param name="row">The row.</param>
    /// <param name="pattern">Its client pattern.</param>
    /// <param name="leadIn">Makes the calls before it, which do not count.</param>
    /// <param name="calls">How many calls it has.</param>
    /// <param name="make">Makes them.</param>
    public CountedBlock Count(StationRow row, ClientPattern pattern, Action leadIn, int calls, Action make)
    {
        ArgumentNullException.ThrowIfNull(leadIn);
        ArgumentNullException.ThrowIfNull(make);
        var planned = setup.Targets[row.Target];
        var control = ControlOf(planned);
        _connections ??= new ClientConnections(
            perRequest: setup.Targets.Values.Any(target => target.Server is null),
            quic: setup.Targets.Values.Any(target => target.HttpVersion is { Major: 3 }));
        if (control is null)
        {
            leadIn(); // only a server can tell what belongs to it
        }
        else if (_connections.TlsProtocol is not null || setup.Targets.Values.All(target => target.Url.Scheme == Uri.UriSchemeHttp))
        {
            _connections.LeaveHandshakesToServer(); // which costs the client nothing, once one has told the TLS version
        }

        var recorder = new CountsRecorder(planned.ToTarget(), _connections, control, allFull: pattern.FullHandshakes);
        recorder.Begin();
        CorePause.ForCounters();
        if (control is not null)
        {
            leadIn();
            recorder.LedIn();
        }

        make();
        var counts = recorder.End(calls);
        return new CountedBlock(counts, timer.Seconds, [.. timer.CallNanoseconds.Select(nanoseconds => nanoseconds * 1e-9)])
        {
            Ended = control is null && row.Pattern.Reuses ? recorder.Ended : null,
            HttpVersion = timer.Version?.ToString(2),
            TlsProtocol = planned.Url.Scheme == Uri.UriSchemeHttps ? _connections.TlsProtocol : null,
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var control in _controls.Values)
        {
            control.Dispose();
        }

        _connections?.Dispose();
    }

    private ServerControl? ControlOf(StationTarget target)
    {
        if (target.Server is not { } server)
        {
            return null;
        }

        if (!_controls.TryGetValue(server.Control, out var control))
        {
            _controls[server.Control] = control = ServerControl.To(server.Control);
        }

        return control;
    }
}
