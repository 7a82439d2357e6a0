using System.Runtime.InteropServices;

namespace ConnectionReuse.Links;

/// <summary>A wait of one thread that ends on time to some hundredths of a millisecond, or earlier when rung.</summary>
internal abstract partial class Alarm : IDisposable
{
    /// <summary>The best one of this platform.</summary>
    public static Alarm Create() => OperatingSystem.IsLinux() ? new OfLinux() : new Portable();

    /// <summary>Called once, by the thread that will wait.</summary>
    public virtual void Prepare()
    {
    }

    /// <summary>Waits; may come back early.</summary>
    /// <param name="time"><see cref="Timeout.InfiniteTimeSpan"/> to wait until rung.</param>
    public abstract void Wait(TimeSpan time);

    /// <summary>Ends the wait, or the next one, from any thread.</summary>
    public abstract void Ring();

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>
    /// Sleeps in whole milliseconds, as all that .NET offers everywhere, to shortly before the end, and gives the core
    /// away in small pieces for the rest.
    /// </summary>
    internal sealed partial class Portable : Alarm
    {
        // Windows wakes up to a period (below) and a little late.
        private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(2);

        private readonly AutoResetEvent _rung = new(initialState: false);

        public Portable()
        {
            if (OperatingSystem.IsWindows())
            {
                _ = TimeBeginPeriod(1); // the clock interrupts every 15.6 ms otherwise; fails only for a period out of range
            }
        }

        public override void Wait(TimeSpan time)
        {
            if (time == Timeout.InfiniteTimeSpan)
            {
                _rung.WaitOne();
            }
            else if (time > Rest)
            {
                _rung.WaitOne(time - Rest);
            }
            else
            {
                Thread.Yield();
            }
        }

        public override void Ring() => _rung.Set();

        public override void Dispose()
        {
            _rung.Dispose();
            if (OperatingSystem.IsWindows())
            {
                _ = TimeEndPeriod(1);
            }
        }

        [LibraryImport("winmm", EntryPoint = "timeBeginPeriod")]
        private static partial uint TimeBeginPeriod(uint milliseconds);

        [LibraryImport("winmm", EntryPoint = "timeEndPeriod")]
        private static partial uint TimeEndPeriod(uint milliseconds);
    }

    /// <summary>Sleeps in the kernel, whose timers count nanoseconds, to just before the end.</summary>
    private sealed partial class OfLinux : Alarm
    {
        private const short PollIn = 1;
        private const int SetTimerSlack = 29; // PR_SET_TIMERSLACK: a thread's timers may be 50 us late by default
        private const int NonBlocking = 0x800; // EFD_NONBLOCK
        private const int CloseOnExec = 0x80000; // EFD_CLOEXEC
        private const int NanosecondsPerTick = 100;

        // About what a sleeping core needs to wake up. The rest is spun, not yielded: yielding to a busy neighbour gives it
        // a slice of 3 ms.
        private static readonly TimeSpan Early = TimeSpan.FromMicroseconds(150);

        private readonly int _event = EventDescriptor(0, NonBlocking | CloseOnExec);

        public OfLinux()
        {
            if (_event < 0)
            {
                throw new IOException($"cannot make a timer: errno {Marshal.GetLastPInvokeError()}");
            }
        }

        public override void Prepare() => _ = Control(SetTimerSlack, 1, 0, 0, 0); // unknown before Linux 2.6.28

        public override unsafe void Wait(TimeSpan time)
        {
            if (time <= Early && time != Timeout.InfiniteTimeSpan)
            {
                Thread.SpinWait(10);
                return;
            }

            var descriptor = new Descriptor { Number = _event, Events = PollIn };
            var sleep = time - Early;
            var length = new Length
            {
                Seconds = (nint)(sleep.Ticks / TimeSpan.TicksPerSecond),
                Nanoseconds = (nint)(sleep.Ticks % TimeSpan.TicksPerSecond * NanosecondsPerTick),
            };
            if (Poll(&descriptor, 1, time == Timeout.InfiniteTimeSpan ? null : &length, 0) > 0)
            {
                ulong rung;
                _ = Read(_event, &rung, sizeof(ulong)); // fails only when nothing rang, which is as good
            }
        }

        public override unsafe void Ring()
        {
            ulong one = 1;
            _ = Write(_event, &one, sizeof(ulong)); // fails only when it has rung 2^64 times already
        }

        public override void Dispose() => _ = Close(_event);

        [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true)]
        private static partial int EventDescriptor(uint initial, int flags);

        [LibraryImport("libc", EntryPoint = "ppoll")]
        private static unsafe partial int Poll(Descriptor* descriptors, nuint count, Length* timeout, nint signals);

        [LibraryImport("libc", EntryPoint = "read")]
        private static unsafe partial nint Read(int descriptor, void* buffer, nuint size);

        [LibraryImport("libc", EntryPoint = "write")]
        private static unsafe partial nint Write(int descriptor, void* buffer, nuint size);

        [LibraryImport("libc", EntryPoint = "close")]
        private static partial int Close(int descriptor);

        [LibraryImport("libc", EntryPoint = "prctl")]
        private static partial int Control(int option, nuint value, nuint unused3, nuint unused4, nuint unused5);

        // struct pollfd
        private struct Descriptor
        {
            public int Number;
            public short Events;
            public short Returned;
        }

        // struct timespec
        private struct Length
        {
            public nint Seconds;
            public nint Nanoseconds;
        }
    }
}
