using System.Diagnostics;
using ConnectionReuse.Clients;

namespace ConnectionReuse.Measuring;

/// <summary>Calls one after the other, each timed: the one loop around a call.</summary>
internal sealed class CallTimer
{
    private long[] _ticks = [];
    private long _start;

    /// <summary>All calls, from the first one's start to the last one's end; 0 without a call.</summary>
    public double Seconds => Answered == 0 ? 0 : Stopwatch.GetElapsedTime(_start, _ticks[Answered - 1]).TotalSeconds;

    /// <summary>Each call. Between two calls nothing else happens, so they add up to all of them.</summary>
    public IEnumerable<long> CallNanoseconds =>
        Enumerable.Range(0, Answered).Select(call => (long)Stopwatch.GetElapsedTime(call == 0 ? _start : _ticks[call - 1], _ticks[call]).TotalNanoseconds);

    /// <summary>The HTTP version that the last call spoke; null before any.</summary>
    public Version? Version { get; private set; }

    /// <summary>How many calls were asked for.</summary>
    public int Calls { get; private set; }

    /// <summary>How many of them were answered as expected.</summary>
    public int Answered { get; private set; }

    /// <summary>Makes some calls.</summary>
    /// <exception cref="Exception">What the first call failed with that did.</exception>
    public async Task MakeAsync(ICaller caller, int calls, CancellationToken cancellationToken)
    {
        if (_ticks.Length < calls)
        {
            _ticks = new long[calls];
        }

        (Calls, Answered) = (calls, 0);
        _start = Stopwatch.GetTimestamp();
        for (; Answered < calls; Answered++)
        {
            Version = await caller.CallAsync(cancellationToken);
            _ticks[Answered] = Stopwatch.GetTimestamp();
        }
    }
}
