namespace ConnectionReuse.Phases;

/// <summary>
/// Books the time of one call. Phases are sums of their own spans, and the client is the sum of the gaps in which no
/// phase was open: spans that overlap count twice, and show as more time than was measured.
/// </summary>
/// <param name="start">When the call began.</param>
internal sealed class CallLedger(long start)
{
    private readonly Stretch _dns = new();
    private readonly Stretch _connect = new();
    private readonly Stretch _tls = new();
    private readonly Stretch _firstByte = new();
    private readonly Stretch _body = new();
    private long _last = start;
    private long _client;
    private long _unaccounted;
    private bool _inRequest;
    private int _opened;

    /// <summary>Books what happened.</summary>
    /// <returns>False for the end of a phase that had not begun.</returns>
    public bool TryBook(PhaseEdge edge, long timestamp)
    {
        Pass(timestamp);
        switch (edge)
        {
            case PhaseEdge.RequestStart or PhaseEdge.RequestStop:
                _inRequest = edge == PhaseEdge.RequestStart;
                return true;
            case PhaseEdge.ConnectionEstablished:
                _opened++;
                return true;
            case PhaseEdge.DnsStart:
                return _dns.Begin(timestamp);
            case PhaseEdge.DnsStop:
                return _dns.TryEnd(timestamp);
            case PhaseEdge.ConnectStart:
                return _connect.Begin(timestamp);
            case PhaseEdge.ConnectStop:
                return _connect.TryEnd(timestamp);
            case PhaseEdge.TlsStart:
                return _tls.Begin(timestamp);
            case PhaseEdge.TlsStop:
                return _tls.TryEnd(timestamp);
            case PhaseEdge.FirstByteStart:
                return _firstByte.Begin(timestamp);
            case PhaseEdge.FirstByteStop:
                return _firstByte.TryEnd(timestamp);
            case PhaseEdge.BodyStart:
                return _body.Begin(timestamp);
            case PhaseEdge.BodyStop:
                return _body.TryEnd(timestamp);
            default:
                throw new ArgumentOutOfRangeException(nameof(edge), edge, null);
        }
    }

    /// <summary>Ends the call.</summary>
    /// <returns>False when a phase is still open.</returns>
    public bool TryClose(long timestamp, long frequency, out CallPhases phases)
    {
        Pass(timestamp);
        phases = new CallPhases
        {
            Dns = Seconds(_dns.Sum),
            Connect = Seconds(_connect.Sum),
            Tls = Seconds(_tls.Sum),
            FirstByte = Seconds(_firstByte.Sum),
            Body = Seconds(_body.Sum),
            Client = Seconds(_client),
            Unaccounted = Seconds(_unaccounted),
            Opened = _opened,
        };
        return !AnyOpen;

        double Seconds(long ticks) => ticks / (double)frequency;
    }

    private bool AnyOpen => _dns.IsOpen || _connect.IsOpen || _tls.IsOpen || _firstByte.IsOpen || _body.IsOpen;

    private void Pass(long timestamp)
    {
        var gap = AnyOpen ? 0 : timestamp - _last;
        _client += gap;
        _unaccounted += _inRequest ? gap : 0;
        _last = timestamp;
    }

    private sealed class Stretch
    {
        private long? _since;

        public long Sum { get; private set; }

        public bool IsOpen => _since is not null;

        // HttpClient sends a request again that a pooled connection was closed on: the wait began with the first time.
        public bool Begin(long timestamp)
        {
            _since ??= timestamp;
            return true;
        }

        public bool TryEnd(long timestamp)
        {
            Sum += timestamp - _since ?? 0;
            var wasOpen = IsOpen;
            _since = null;
            return wasOpen;
        }
    }
}
