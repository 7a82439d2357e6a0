using System.Collections.Concurrent;
using ConnectionReuse.Turns;
using Xunit;

namespace ConnectionReuse.Tests.Turns;

public sealed class QuietWaitTests
{
    [Fact(Timeout = 60_000)]
    public async Task It_sleeps_until_another_thread_has_ended_the_task_again_and_again()
    {
        using var wait = new QuietWait();
        var order = new ConcurrentQueue<string>();
        for (var i = 0; i < 3; i++)
        {
            var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var waiting = new Thread(() =>
            {
                wait.For(end.Task);
                order.Enqueue("returned");
            });
            waiting.Start();
            while (!waiting.ThreadState.HasFlag(ThreadState.WaitSleepJoin))
            {
                await Task.Delay(1, TestContext.Current.CancellationToken);
            }

            order.Enqueue("ended");
            end.SetResult();
            waiting.Join();
        }

        Assert.Equal(["ended", "returned", "ended", "returned", "ended", "returned"], order);
    }

    [Fact]
    public void A_task_that_has_ended_is_not_waited_for()
    {
        var wait = new QuietWait();
        wait.Dispose();

        wait.For(Task.CompletedTask);
        Assert.Throws<ObjectDisposedException>(() => wait.For(new TaskCompletionSource().Task)); // where it would have waited
    }

    [Fact]
    public void What_the_task_failed_with_is_thrown_as_it_was()
    {
        using var wait = new QuietWait();
        var failure = new TimeoutException();

        Assert.Same(failure, Assert.Throws<TimeoutException>(() => wait.For(Task.FromException(failure))));
        Assert.Same(failure, Assert.Throws<TimeoutException>(() => wait.For(FailLaterAsync())));

        async Task FailLaterAsync()
        {
            await Task.Yield();
            throw failure;
        }
    }
}
