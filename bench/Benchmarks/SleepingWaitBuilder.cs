using System.Runtime.CompilerServices;
using ConnectionReuse.Turns;

namespace ConnectionReuse.Bench.Benchmarks;

/// <summary>
/// Has an asynchronous body return when it has ended, with its thread asleep meanwhile. BenchmarkDotNet would wait for its
/// task too, but it spins and yields first: on the one core of client and server that takes turns with the very requests.
/// </summary>
public struct SleepingWaitBuilder
{
    private AsyncTaskMethodBuilder _builder;

    /// <summary>Called by the compiler's code, as are all members.</summary>
    public static SleepingWaitBuilder Create() => new() { _builder = AsyncTaskMethodBuilder.Create() };

    /// <summary>The body's task, which has ended.</summary>
    public Task Task
    {
        get
        {
            var task = _builder.Task;
            if (!task.IsCompleted)
            {
                using var wait = new QuietWait();
                wait.UntilEnded(task);
            }

            return task;
        }
    }

    /// <summary>Runs the body up to its first wait.</summary>
    public void Start<TStateMachine>(ref TStateMachine stateMachine)
        where TStateMachine : IAsyncStateMachine => _builder.Start(ref stateMachine);

    /// <summary>Associates the boxed body.</summary>
    public void SetStateMachine(IAsyncStateMachine stateMachine) => _builder.SetStateMachine(stateMachine);

    /// <summary>The body has ended.</summary>
    public void SetResult() => _builder.SetResult();

    /// <summary>The body has failed.</summary>
    public void SetException(Exception exception) => _builder.SetException(exception);

    /// <summary>The body waits.</summary>
    public void AwaitOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : INotifyCompletion
        where TStateMachine : IAsyncStateMachine => _builder.AwaitOnCompleted(ref awaiter, ref stateMachine);

    /// <summary>The body waits.</summary>
    public void AwaitUnsafeOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : ICriticalNotifyCompletion
        where TStateMachine : IAsyncStateMachine => _builder.AwaitUnsafeOnCompleted(ref awaiter, ref stateMachine);
}
