using System.Diagnostics.Tracing;
using System.Globalization;
using ConnectionReuse.Results;

namespace ConnectionReuse.Connections;

/// <summary>
/// The runtime's own totals of this process's sockets, read when asked. Between two looks nothing is listened to that
/// speaks: the sockets only add up numbers, which costs a timed request next to nothing.
/// </summary>
/// <remarks>EventSource <c>System.Net.Sockets</c>, counters <c>outgoing-connections-established</c>,
/// <c>bytes-received</c> and <c>bytes-sent</c>, which the runtime reports together and in this order.</remarks>
internal sealed class SocketCounters : EventListener
{
    // Switches the totals on, and no event of a connection is ever that important.
    private const EventLevel Silent = EventLevel.Critical;

    private const float Millisecond = 0.001f; // seconds

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly ManualResetEventSlim _read = new();
    private EventSource? _sockets;
    private long _opened;
    private long _received;
    private Counts _totals = new() { Opened = 0, WireBytes = 0 };
    private bool _begun;

    /// <summary>Reads the totals.</summary>
    /// <exception cref="TimeoutException">The runtime did not report them.</exception>
    public Counts Read()
    {
        if (_sockets is not { } source)
        {
            return _totals; // no socket was used yet
        }

        lock (_lock)
        {
            _begun = false;
            _read.Reset();
        }

        EnableEvents(source, Silent, EventKeywords.None, EveryMillisecond());
        try
        {
            return _read.Wait(Patience) ? _totals : throw new TimeoutException("the runtime does not report its socket counters");
        }
        finally
        {
            DisableEvents(source); // nothing else ends the reports
            EnableEvents(source, Silent);
        }
    }

    /// <summary>Asks for a report in a millisecond, as the runtime reads it: a number of the current culture.</summary>
    internal static Dictionary<string, string?> EveryMillisecond() =>
        new() { ["EventCounterIntervalSec"] = Millisecond.ToString(CultureInfo.CurrentCulture) };

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        _read.Dispose();
    }

    /// <inheritdoc/>
    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource?.Name == "System.Net.Sockets")
        {
            _sockets = eventSource;
            EnableEvents(eventSource, Silent);
        }
    }

    /// <inheritdoc/>
    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        ArgumentNullException.ThrowIfNull(eventData);
        if (eventData.EventName != "EventCounters" || eventData.Payload is not [IDictionary<string, object?> counter])
        {
            return;
        }

        var total = Convert.ToInt64(counter["Mean"], null);
        lock (_lock)
        {
            switch (counter["Name"])
            {
                case "outgoing-connections-established":
                    _begun = true;
                    _opened = total;
                    break;
                case "bytes-received":
                    _received = total;
                    break;
                case "bytes-sent" when _begun: // a report that had begun before the look is not an answer to it
                    _totals = new Counts { Opened = _opened, WireBytes = _received + total };
                    _read.Set();
                    break;
                default:
                    break;
            }
        }
    }
}
