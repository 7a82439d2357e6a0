namespace ConnectionReuse.Links;

/// <summary>Bytes that reach the other end of a link at one moment.</summary>
/// <param name="At">When, on the clock that they were sent by.</param>
/// <param name="Bytes">How many.</param>
internal readonly record struct Arrival(TimeSpan At, int Bytes);

/// <summary>
/// One direction of one TCP connection over a <see cref="Link"/>, as arithmetic: bytes and their time in, times of
/// arrival out. What it models is the slow start of Reno (RFC 5681, initial window of RFC 6928), counted in bytes: at
/// most a window in flight, each acknowledgement back one round trip after its segment left, the window grown by the
/// bytes acknowledged while the sender uses more than half of it (Linux, <c>tcp_is_cwnd_limited</c>), and kept for the
/// life of the connection (Linux with <c>net.ipv4.tcp_slow_start_after_idle</c> 0, or pauses shorter than the
/// retransmission timeout). There is no loss, so nothing shrinks it. The receiver's <see cref="ReceiveWindow"/> holds
/// back what is beyond it. Not modelled: the pacing of BBR, half a round trip slower on big bodies, and CUBIC's early
/// exit from slow start (HyStart).
/// </summary>
/// <param name="link">What it sends over.</param>
/// <param name="opens">The moment before which nothing leaves: when the connection is established at this end.</param>
internal sealed class SendWindow(Link link, TimeSpan opens)
{
    /// <summary>Payload of a full segment: an Ethernet packet of 1,500 bytes without its headers.</summary>
    public const int SegmentBytes = 1_500 - Link.HeaderBytes;

    /// <summary>The initial window: 10 segments (RFC 6928).</summary>
    public const int InitialBytes = 10 * SegmentBytes;

    /// <summary>Where the window stops growing: Linux's largest send buffer by default (<c>tcp_wmem</c>), which also bounds what a relay holds.</summary>
    public const int LargestBytes = 4 * 1024 * 1024;

    private readonly Queue<Arrival> _acknowledgements = new();
    private readonly ReceiveWindow _receiver = new();
    private TimeSpan _sentLast = opens;
    private TimeSpan _linkFree = opens;
    private long _sent;
    private long _acknowledged;
    private long _peak;
    private long _peakEnd;

    /// <summary>Bytes that may be in flight as far as the sender is concerned: its congestion window.</summary>
    public int Bytes { get; private set; } = InitialBytes;

    /// <summary>Hands bytes to the link; those of one moment's arrival are one element.</summary>
    /// <param name="bytes">How many.</param>
    /// <param name="now">When; never earlier than in the call before.</param>
    public IReadOnlyList<Arrival> Send(int bytes, TimeSpan now)
    {
        var arrivals = new List<Arrival>();
        var at = Later(now, _sentLast);
        while (bytes > 0)
        {
            AcknowledgeBefore(at);
            var room = Math.Min(Bytes, _receiver.Bytes) - (_sent - _acknowledged);
            if (room <= 0)
            {
                if (_receiver.Bytes < Bytes)
                {
                    _receiver.Fill(at + link.RoundTripTime);
                }

                at = Later(at, _acknowledgements.Peek().At);
                AcknowledgeNext();
                continue;
            }

            var segment = (int)Math.Min(Math.Min(bytes, SegmentBytes), room);
            bytes -= segment;
            _linkFree = Later(at, _linkFree) + link.Serialisation(segment);
            Depart(segment);
            Join(arrivals, new Arrival(_linkFree + link.OneWay, segment));
            _acknowledgements.Enqueue(new Arrival(_linkFree + link.RoundTripTime, segment));
        }

        _sentLast = at;
        return arrivals;
    }

    /// <summary>When the end of the stream, which no window holds back, reaches the other end.</summary>
    public TimeSpan Close(TimeSpan now) => Later(Later(now, _sentLast), _linkFree) + link.OneWay;

    private void Depart(int segment)
    {
        _sent += segment;
        var inFlight = _sent - _acknowledged;
        if (inFlight > _peak || _acknowledged >= _peakEnd)
        {
            _peak = inFlight;
            _peakEnd = _sent;
        }
    }

    private void AcknowledgeBefore(TimeSpan moment)
    {
        while (_acknowledgements.TryPeek(out var segment) && segment.At < moment)
        {
            AcknowledgeNext();
        }
    }

    // Those of one moment one by one, because each lets something leave before the next.
    private void AcknowledgeNext()
    {
        var segment = _acknowledgements.Dequeue();
        _acknowledged += segment.Bytes;
        _receiver.Acknowledge(segment.Bytes, segment.At);
        if (Bytes < 2 * _peak)
        {
            Bytes = Math.Min(Bytes + segment.Bytes, LargestBytes);
        }
    }

    private static void Join(List<Arrival> arrivals, Arrival arrival)
    {
        if (arrivals.Count > 0 && arrivals[^1].At == arrival.At)
        {
            arrivals[^1] = arrival with { Bytes = arrivals[^1].Bytes + arrival.Bytes };
        }
        else
        {
            arrivals.Add(arrival);
        }
    }

    private static TimeSpan Later(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
