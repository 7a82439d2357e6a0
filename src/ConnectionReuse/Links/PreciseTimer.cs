using System.Diagnostics;

namespace ConnectionReuse.Links;

/// <summary>
/// Waits that end within some hundredths of a millisecond of their time, where <see cref="Task.Delay(TimeSpan)"/> is 1
/// to 15 ms late: one thread that sleeps until the next of them is due.
/// </summary>
internal sealed class PreciseTimer : IDisposable
{
    private readonly PriorityQueue<Waiter, TimeSpan> _waiters = new();
    private readonly Lock _gate = new();
    private readonly Alarm _alarm;
    private readonly Thread _thread;
    private bool _stopped;

    /// <summary>Starts the thread.</summary>
    public PreciseTimer()
        : this(Alarm.Create())
    {
    }

    internal PreciseTimer(Alarm alarm)
    {
        _alarm = alarm;
        _thread = new Thread(Run) { IsBackground = true, Name = nameof(PreciseTimer) };
        _thread.Start();
    }

    /// <summary>The moment on this timer's clock, which starts anywhere.</summary>
    public static TimeSpan Now => Stopwatch.GetElapsedTime(0);

    /// <summary>Waits until a moment of <see cref="Now"/>; what awaits it goes on in the thread pool.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled, or the timer disposed, before the moment came.</exception>
    public ValueTask WaitUntilAsync(TimeSpan moment, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled(cancellationToken);
        }

        if (moment <= Now)
        {
            return ValueTask.CompletedTask;
        }

        var waiter = new Waiter();
        waiter.CancelWith(cancellationToken);
        bool isNext;
        lock (_gate)
        {
            if (_stopped)
            {
                waiter.Cancel();
                return new ValueTask(waiter.Task);
            }

            _waiters.Enqueue(waiter, moment);
            isNext = _waiters.Peek() == waiter;
        }

        if (isNext)
        {
            _alarm.Ring();
        }

        return new ValueTask(waiter.Task);
    }

    /// <summary>Ends the thread; waits that are not over are cancelled.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_stopped)
            {
                return;
            }

            _stopped = true;
        }

        _alarm.Ring();
        _thread.Join();
        while (_waiters.TryDequeue(out var waiter, out _))
        {
            waiter.Cancel();
        }

        _alarm.Dispose();
    }

    private void Run()
    {
        _alarm.Prepare();
        while (Next() is { } time)
        {
            _alarm.Wait(time);
        }
    }

    // How long nothing is due; null at the end.
    private TimeSpan? Next()
    {
        lock (_gate)
        {
            if (_stopped)
            {
                return null;
            }

            while (_waiters.TryPeek(out var waiter, out var moment))
            {
                var left = moment - Now;
                if (left > TimeSpan.Zero)
                {
                    return left;
                }

                _waiters.Dequeue();
                waiter.Complete();
            }

            return Timeout.InfiniteTimeSpan;
        }
    }

    private sealed class Waiter() : TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        private CancellationTokenRegistration _registration;

        public void CancelWith(CancellationToken cancellationToken) =>
            _registration = cancellationToken.UnsafeRegister(static (waiter, token) => ((Waiter)waiter!).TrySetCanceled(token), this);

        public void Complete()
        {
            _registration.Unregister();
            TrySetResult();
        }

        public void Cancel()
        {
            _registration.Unregister();
            TrySetCanceled();
        }
    }
}
