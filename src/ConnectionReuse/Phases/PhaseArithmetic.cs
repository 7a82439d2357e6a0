namespace ConnectionReuse.Phases;

/// <summary>From events to phases: no clock and no listener.</summary>
internal static class PhaseArithmetic
{
    /// <summary>The phases of each call, paired by order, because the calls follow one another.</summary>
    /// <param name="events">What happened, in order, each call between a CallStart and a CallStop.</param>
    /// <param name="frequency">The timestamps' ticks per second.</param>
    /// <param name="emulatedConnect">
    /// The round trip of an emulated link, 0 on a real one. A relay in user space cannot delay the SYN-ACK, so it charges
    /// the TCP round trip to the first bytes of a connection. For each connection that a call established one such round
    /// trip is moved to <see cref="CallPhases.Connect"/> from the phase in which it was really waited:
    /// <see cref="CallPhases.Tls"/> where there was a handshake, else <see cref="CallPhases.FirstByte"/>.
    /// </param>
    /// <exception cref="InvalidDataException">The events are not those of calls that follow one another, or a phase was
    /// shorter than the round trip that it is said to contain.</exception>
    public static IReadOnlyList<CallPhases> Of(IEnumerable<PhaseEvent> events, long frequency, TimeSpan emulatedConnect)
    {
        ArgumentNullException.ThrowIfNull(events);
        var calls = new List<CallPhases>();
        CallLedger? call = null;
        foreach (var (edge, timestamp) in events)
        {
            switch (edge)
            {
                case PhaseEdge.CallStart when call is null:
                    call = new CallLedger(timestamp);
                    break;
                case PhaseEdge.CallStart:
                    throw Broken(calls, "began before the one before it was over");
                case var _ when call is null:
                    throw Broken(calls, $"had not begun at {edge}: something else in this process speaks too");
                case PhaseEdge.CallStop when call.TryClose(timestamp, frequency, out var phases):
                    calls.Add(Moved(phases, emulatedConnect.TotalSeconds * phases.Opened, calls));
                    call = null;
                    break;
                case PhaseEdge.CallStop:
                    throw Broken(calls, "ended with a phase begun");
                case var _ when !call.TryBook(edge, timestamp):
                    throw Broken(calls, $"had a {edge} without its start: something else in this process speaks too");
                default:
                    break;
            }
        }

        return call is null ? calls : throw Broken(calls, "did not end");
    }

    private static CallPhases Moved(CallPhases call, double seconds, List<CallPhases> before)
    {
        if (seconds == 0)
        {
            return call;
        }

        var overTls = call.Tls > 0;
        var waited = overTls ? call.Tls : call.FirstByte;
        if (waited < seconds)
        {
            throw Broken(before, $"waited {waited:g3} s where the link was to charge {seconds:g3} s for its connect");
        }

        call = overTls ? call with { Tls = waited - seconds } : call with { FirstByte = waited - seconds };
        return call with { Connect = call.Connect + seconds };
    }

    private static InvalidDataException Broken(List<CallPhases> before, string how) => new($"call {before.Count + 1} {how}");
}
