using ConnectionReuse.Links;
using Xunit;

namespace ConnectionReuse.Tests.Links;

public sealed class PreciseTimerTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_wait_does_not_end_before_its_moment(bool portable)
    {
        using var timer = portable ? new PreciseTimer(new Alarm.Portable()) : new PreciseTimer();
        foreach (var milliseconds in (double[])[0, 0.05, 1.3, 7])
        {
            var moment = PreciseTimer.Now + TimeSpan.FromMilliseconds(milliseconds);
            await timer.WaitUntilAsync(moment, TestContext.Current.CancellationToken);
            Assert.True(PreciseTimer.Now >= moment);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_later_wait_with_an_earlier_moment_ends_first(bool portable)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var timer = portable ? new PreciseTimer(new Alarm.Portable()) : new PreciseTimer();
        var late = timer.WaitUntilAsync(PreciseTimer.Now + TimeSpan.FromHours(1), cancellationToken).AsTask();
        await timer.WaitUntilAsync(PreciseTimer.Now + TimeSpan.FromMilliseconds(5), cancellationToken);
        Assert.False(late.IsCompleted);
    }

    [Fact]
    public async Task A_wait_can_be_cancelled()
    {
        using var timer = new PreciseTimer();
        using var cancelling = new CancellationTokenSource();
        var wait = timer.WaitUntilAsync(PreciseTimer.Now + TimeSpan.FromHours(1), cancelling.Token).AsTask();
        await cancelling.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
    }

    [Fact]
    public async Task Waits_that_outlive_their_timer_are_cancelled()
    {
        var timer = new PreciseTimer();
        var moment = PreciseTimer.Now + TimeSpan.FromHours(1);
        var early = timer.WaitUntilAsync(moment, TestContext.Current.CancellationToken).AsTask();
        timer.Dispose();
        timer.Dispose();
        var late = timer.WaitUntilAsync(moment, TestContext.Current.CancellationToken).AsTask();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => early);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => late);
    }
}
