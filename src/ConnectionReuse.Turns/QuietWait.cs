namespace ConnectionReuse.Turns;

/// <summary>
/// Waits for a task with the thread asleep from the start. <see cref="Task.Wait()"/> spins and yields first: on the
/// one core of client and server it can take turns with the very requests that it waits for.
/// </summary>
public sealed class QuietWait : IDisposable
{
    private readonly AutoResetEvent _ended = new(initialState: false);
    private readonly Action _wake;

    /// <summary>Makes a wait that can be used again and again, by one thread at a time.</summary>
    public QuietWait() => _wake = () => _ended.Set();

    /// <summary>Waits until the task has ended.</summary>
    /// <exception cref="Exception">What the task failed with.</exception>
    public void For(Task task)
    {
        UntilEnded(task);
        task.GetAwaiter().GetResult();
    }

    /// <summary>Waits until the task has ended, however it does.</summary>
    public void UntilEnded(Task task)
    {
        ArgumentNullException.ThrowIfNull(task);
        var awaiter = task.ConfigureAwait(false).GetAwaiter();
        if (!awaiter.IsCompleted)
        {
            awaiter.UnsafeOnCompleted(_wake);
            _ended.WaitOne();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _ended.Dispose();
}
