using ConnectionReuse.Turns;
using Xunit;

namespace ConnectionReuse.Tests.Turns;

public sealed class JitWarmupTests
{
    [Fact]
    public void It_ends_after_three_iterations_in_which_nothing_was_compiled() =>
        Assert.Equal((5, false), Run(compiledIn: [9, 4, 0, 0, 0, 7]));

    [Fact]
    public void A_late_compilation_starts_the_count_over() =>
        Assert.Equal((6, false), Run(compiledIn: [0, 0, 1, 0, 0, 0]));

    [Fact]
    public void A_JIT_that_never_stands_still_is_reported_at_the_cap() =>
        Assert.Equal((JitWarmup.Cap, true), Run(compiledIn: Enumerable.Repeat(1, 100)));

    [Fact]
    public void Standing_still_in_the_last_iteration_is_in_time() =>
        Assert.Equal((JitWarmup.Cap, false), Run(compiledIn: [.. Enumerable.Repeat(1, JitWarmup.Cap - JitWarmup.Still), 0, 0, 0]));

    [Fact]
    public void Short_iterations_are_taken_together_until_they_fill_a_step()
    {
        var time = new SteppingTime { Advance = JitWarmup.Step / 10 };
        Assert.Equal((10 * JitWarmup.Still, false), JitWarmup.Run(time.Pass, () => 100, time));
    }

    private static (int Iterations, bool Capped) Run(IEnumerable<int> compiledIn)
    {
        using var compilations = compiledIn.GetEnumerator();
        var compiled = 100L;
        var time = new SteppingTime { Advance = JitWarmup.Step };
        return JitWarmup.Run(
            () =>
            {
                time.Pass();
                compiled += compilations.MoveNext() ? compilations.Current : 0;
            },
            () => compiled,
            time);
    }

    private sealed class SteppingTime : TimeProvider
    {
        private TimeSpan _now;

        public TimeSpan Advance { get; init; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Pass() => _now += Advance;

        public override long GetTimestamp() => _now.Ticks;
    }
}
