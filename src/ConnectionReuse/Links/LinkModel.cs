namespace ConnectionReuse.Links;

/// <summary>What a call costs over a link by counting round trips, with no work at either end.</summary>
internal static class LinkModel
{
    /// <summary>Round trips until the first byte of the response: TCP 1, TLS 1.3 1 (RFC 8446 2), TLS 1.2 2 or, resumed, 1 (RFC 5246 7.3), request 1.</summary>
    public static int RoundTripsToFirstByte(CallKind kind) => kind switch
    {
        CallKind.Shared => 1,
        CallKind.Tcp => 2,
        CallKind.Tls13 or CallKind.Tls12Resumed => 3,
        CallKind.Tls12Full => 4,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no such call"),
    };

    /// <summary>
    /// Round trips that the windows add to a response on a new connection over a link without a bandwidth: up to 14.5 kB 0,
    /// 43.4 kB 1, 101.4 kB 2, then the receiver's window bounds one of them: 181.0 kB 3, 376.5 kB 4, 767.4 kB 5.
    /// </summary>
    /// <param name="responseBytes">The response on the wire, headers included.</param>
    public static int SlowStartRoundTrips(long responseBytes)
    {
        var left = responseBytes;
        return Windows().TakeWhile(window => (left -= window) > 0).Count();
    }

    /// <summary>
    /// The time of a call from its start to the last byte of its response. The request takes no time on the line, and a
    /// shared connection's window already holds the response.
    /// </summary>
    /// <param name="kind">What the call opens.</param>
    /// <param name="link">What it goes over.</param>
    /// <param name="responseBytes">The response on the wire, headers included.</param>
    /// <param name="serverTime">How long the server thinks.</param>
    public static TimeSpan Total(CallKind kind, Link link, long responseBytes, TimeSpan serverTime)
    {
        ArgumentNullException.ThrowIfNull(link);
        return RoundTripsToFirstByte(kind) * link.RoundTripTime
            + serverTime
            + (kind == CallKind.Shared ? OnTheLine(link, responseBytes) : SlowStart(link, responseBytes));
    }

    // Kurose and Ross, "Computer Networking", latency of slow start: the sender waits for acknowledgements until a
    // window takes longer on the line than its first acknowledgement needs to come back.
    private static TimeSpan SlowStart(Link link, long responseBytes)
    {
        var time = TimeSpan.Zero;
        var left = responseBytes;
        var firstAcknowledgement = link.Serialisation(SendWindow.SegmentBytes) + link.RoundTripTime;
        foreach (var window in Windows().TakeWhile(window => left > window && OnTheLine(link, window) < firstAcknowledgement))
        {
            time += firstAcknowledgement;
            left -= window;
        }

        return time + OnTheLine(link, left);
    }

    // What may leave in each round trip after the other: the smaller one of the sender's and the receiver's window.
    private static IEnumerable<int> Windows()
    {
        var receiver = new ReceiveWindow();
        for (var sender = SendWindow.InitialBytes; ;)
        {
            var window = Math.Min(sender, receiver.Bytes);
            if (window < sender)
            {
                receiver.Fill(TimeSpan.Zero);
            }

            yield return window;
            sender = Math.Min(sender + window, SendWindow.LargestBytes);
            receiver.Acknowledge(window, TimeSpan.Zero);
        }
    }

    private static TimeSpan OnTheLine(Link link, long bytes)
    {
        var (segments, rest) = Math.DivRem(bytes, SendWindow.SegmentBytes);
        return (segments * link.Serialisation(SendWindow.SegmentBytes))
            + (rest > 0 ? link.Serialisation((int)rest) : TimeSpan.Zero);
    }
}
