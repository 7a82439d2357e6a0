using System.Diagnostics;
using ConnectionReuse.Clients;

namespace ConnectionReuse.Measuring;

/// <summary>Calls one after the other, each timed unless that is the question. A pause before a call is no part of its time.</summary>
internal sealed class CallTimer
{
    private long[] _ticks = [];
    private long? _untimed;

    /// <summary>All calls, from the first one's start to the last one's end, without the pauses; 0 without a call.</summary>
    public double Seconds => (double)(_untimed ?? _ticks.Take(Answered).Sum()) / Stopwatch.Frequency;

    /// <summary>Each call, where each was timed. Between two calls nothing else happens but the pause, so they add up to all of them.</summary>
    public IEnumerable<long> CallNanoseconds => _ticks.Take(_untimed is null ? Answered : 0).Select(ticks => (long)Stopwatch.GetElapsedTime(0, ticks).TotalNanoseconds);

    /// <summary>The HTTP version that the last call spoke; null before any.</summary>
    public Version? Version { get; private set; }

    /// <summary>How many calls were asked for.</summary>
    public int Calls { get; private set; }

    /// <summary>How many of them were answered as expected.</summary>
    public int Answered { get; private set; }

    /// <summary>Makes some calls.</summary>
    /// <exception cref="Exception">What the first call failed with that did.</exception>
    public Task MakeAsync(ICaller caller, int calls, CancellationToken cancellationToken) => MakeAsync(caller, calls, TimeSpan.Zero, cancellationToken);

    /// <summary>Makes some calls, each after a pause.</summary>
    /// <exception cref="Exception">What the first call failed with that did.</exception>
    public async Task MakeAsync(ICaller caller, int calls, TimeSpan pause, CancellationToken cancellationToken)
    {
        if (_ticks.Length < calls)
        {
            _ticks = new long[calls];
        }

        (Calls, Answered, _untimed) = (calls, 0, null);
        var begun = Stopwatch.GetTimestamp();
        for (; Answered < calls; Answered++)
        {
            if (pause > TimeSpan.Zero)
            {
                await Task.Delay(pause, cancellationToken);
                begun = Stopwatch.GetTimestamp();
            }

            Version = await caller.CallAsync(cancellationToken);
            var ended = Stopwatch.GetTimestamp();
            _ticks[Answered] = ended - begun;
            begun = ended;
        }
    }

    /// <summary>Makes some calls with a look at the clock before the first and one after the last: what is left out is what timing each costs.</summary>
    /// <exception cref="Exception">What the first call failed with that did.</exception>
    public async Task MakeUntimedAsync(ICaller caller, int calls, CancellationToken cancellationToken)
    {
        (Calls, Answered, _untimed) = (calls, 0, 0);
        var begun = Stopwatch.GetTimestamp();
        for (; Answered < calls; Answered++)
        {
            Version = await caller.CallAsync(cancellationToken);
        }

        _untimed = Stopwatch.GetTimestamp() - begun;
    }
}
