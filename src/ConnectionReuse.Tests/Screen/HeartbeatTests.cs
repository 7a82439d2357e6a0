using ConnectionReuse.Bench.Screen;
using Xunit;

namespace ConnectionReuse.Tests.Screen;

public sealed class HeartbeatTests
{
    [Fact]
    public void Silence_is_broken_within_two_seconds_with_what_went_on_last()
    {
        var time = new SteppedTime();
        using var errors = new StringWriter { NewLine = "\n" };
        using var heartbeat = new Heartbeat(errors, terminal: false, "gate", time);

        time.Pass(TimeSpan.FromSeconds(1.6));
        Assert.Equal("", errors.ToString());
        time.Pass(TimeSpan.FromSeconds(0.4));
        Assert.Equal("[2 s] gate\n", errors.ToString());
        heartbeat.Heard("building base 0123456");
        time.Pass(TimeSpan.FromSeconds(4));

        Assert.Equal(["[2 s] gate", "[4 s] building base 0123456", "[5 s] building base 0123456"], errors.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void Who_speaks_is_not_interrupted()
    {
        var time = new SteppedTime();
        using var errors = new StringWriter();
        using var heartbeat = new Heartbeat(errors, terminal: false, "gate", time);

        for (var second = 0; second < 10; second++)
        {
            time.Pass(TimeSpan.FromSeconds(1));
            heartbeat.Heard();
        }

        Assert.Equal("", errors.ToString());
    }

    [Fact]
    public void On_a_terminal_its_line_makes_way_for_the_next_one_and_for_the_end()
    {
        var time = new SteppedTime();
        using var errors = new StringWriter();
        var heartbeat = new Heartbeat(errors, terminal: true, "gate", time);
        time.Pass(TimeSpan.FromSeconds(2));
        heartbeat.Heard("done");
        heartbeat.Dispose();

        Assert.Equal("[2 s] gate\r\r\u001b[K", errors.ToString());
    }

    // A console lets one write at a time: who has it, and is about to write, must not wait for a line that waits for the console.
    [Fact]
    public void Who_speaks_does_not_wait_for_a_line_that_is_being_written()
    {
        var time = new SteppedTime();
        using var errors = new BusyWriter();
        using var heartbeat = new Heartbeat(errors, terminal: true, "gate", time);
        errors.Meanwhile = () => heartbeat.Heard("something else");

        time.Pass(TimeSpan.FromSeconds(4));

        Assert.True(errors.Spoke, "the heartbeat kept its lock while it wrote, and whoever spoke waited for it");
        Assert.EndsWith("[3 s] something else\r", errors.ToString(), StringComparison.Ordinal);
    }

    // Each write ends when somebody else has spoken.
    private sealed class BusyWriter : StringWriter
    {
        private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

        public Action Meanwhile { get; set; } = () => { };

        public bool Spoke { get; private set; } = true;

        public override void Write(string? value)
        {
            var other = new Thread(() => Meanwhile()) { IsBackground = true };
            other.Start();
            Spoke = Spoke && other.Join(Patience);
            base.Write(value);
        }
    }

    // A clock that is moved by hand, in steps short enough for every timer.
    private sealed class SteppedTime : TimeProvider
    {
        private static readonly TimeSpan Step = TimeSpan.FromSeconds(0.1);
        private readonly List<SteppedTimer> _timers = [];
        private long _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = new SteppedTimer(() => callback(state));
            _timers.Add(timer);
            return timer;
        }

        public void Pass(TimeSpan time)
        {
            for (var end = _now + time.Ticks; _now < end;)
            {
                _now += Step.Ticks;
                _timers.ForEach(timer => timer.Tick());
            }
        }

        private sealed class SteppedTimer(Action tick) : ITimer
        {
            private bool _ended;

            public void Tick()
            {
                if (!_ended)
                {
                    tick();
                }
            }

            public bool Change(TimeSpan dueTime, TimeSpan period) => false;

            public void Dispose() => _ended = true;

            public ValueTask DisposeAsync()
            {
                Dispose();
                return ValueTask.CompletedTask;
            }
        }
    }
}
