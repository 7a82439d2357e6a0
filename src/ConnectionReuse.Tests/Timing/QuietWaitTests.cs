using ConnectionReuse.Turns;
using Xunit;

namespace ConnectionReuse.Tests.Timing;

public sealed class QuietWaitTests
{
    [Fact]
    public async Task It_returns_when_the_task_has_ended_and_not_before_again_and_again()
    {
        using var wait = new QuietWait();
        for (var i = 0; i < 3; i++)
        {
            var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var waiting = Task.Run(() => wait.For(end.Task), TestContext.Current.CancellationToken);

            Assert.False(waiting.IsCompleted);
            end.SetResult();
            await waiting.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public void A_task_that_has_ended_is_not_waited_for()
    {
        using var wait = new QuietWait();

        wait.For(Task.CompletedTask);
    }

    [Fact]
    public void What_the_task_failed_with_is_thrown_as_it_was()
    {
        using var wait = new QuietWait();

        Assert.Throws<InvalidOperationException>(() => wait.For(Task.FromException(new InvalidOperationException())));
        Assert.Throws<TimeoutException>(() => wait.For(FailLaterAsync()));

        static async Task FailLaterAsync()
        {
            await Task.Yield();
            throw new TimeoutException();
        }
    }
}
