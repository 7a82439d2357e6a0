using System.Collections;
using System.Diagnostics;

namespace ConnectionReuse.Bench.Benchmarks;

/// <summary>
/// The requests of an iteration. A body makes one in each pass of its loop; each pass is timed, at the cost of one look at the
/// clock.
/// </summary>
public sealed class TimedRequests : IEnumerable<int>
{
    private long[] _ticks = [];
    private int _begun;
    private int _answered;

    /// <summary>How many there are.</summary>
    public int Count { get; set; }

    /// <summary>How many were answered.</summary>
    public int Answered => Volatile.Read(ref _answered);

    /// <summary>Forgets what was timed.</summary>
    public void Restart()
    {
        (_begun, _answered) = (0, 0);
        if (_ticks.Length < Count)
        {
            _ticks = new long[Count];
        }
    }

    /// <summary>How long each answered request took, in seconds.</summary>
    public IReadOnlyList<double> Seconds() => [.. _ticks.Take(Answered).Select(ticks => (double)ticks / Stopwatch.Frequency)];

    /// <summary>One request after the other.</summary>
    public Pass GetEnumerator()
    {
        Restart();
        return new Pass(this);
    }

    /// <summary>Begins a request beside others that are in flight.</summary>
    /// <param name="begun">When it began.</param>
    /// <returns>False when all have begun.</returns>
    public bool TryBegin(out long begun)
    {
        begun = Stopwatch.GetTimestamp();
        return Interlocked.Increment(ref _begun) <= Count;
    }

    /// <summary>Ends such a request.</summary>
    public void End(long begun) => _ticks[Interlocked.Increment(ref _answered) - 1] = Stopwatch.GetTimestamp() - begun;

    IEnumerator<int> IEnumerable<int>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The passes of a loop.</summary>
    public struct Pass : IEnumerator<int>
    {
        private readonly TimedRequests _requests;
        private long _begun;

        internal Pass(TimedRequests requests)
        {
            _requests = requests;
            Current = -1;
        }

        /// <summary>The request's number, from 0.</summary>
        public int Current { get; private set; }

        readonly object IEnumerator.Current => Current;

        /// <summary>Ends the request and begins the next.</summary>
        public bool MoveNext()
        {
            var now = Stopwatch.GetTimestamp();
            if (Current >= 0)
            {
                _requests._ticks[Current] = now - _begun;
                _requests._answered++;
            }

            _begun = now;
            return ++Current < _requests.Count;
        }

        /// <inheritdoc/>
        public void Reset() => throw new NotSupportedException("requests are made once");

        /// <inheritdoc/>
        public readonly void Dispose()
        {
        }
    }
}
