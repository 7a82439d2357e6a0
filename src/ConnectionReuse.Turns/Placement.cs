using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;

namespace ConnectionReuse.Turns;

/// <summary>
/// Where client and server run. One core for both: a request and its answer never run at once, and waking another core
/// is what is noisy on virtual machines. A process inherits its core from the thread that starts it.
/// </summary>
public static partial class Placement
{
    private const int ThreadOfPriority = 0; // PRIO_PROCESS, which means a thread on Linux

    /// <summary>The name of the placement in result files when both run on one core.</summary>
    public const string SameCore = "client and server on one core";

    /// <summary>The name of the placement where the platform cannot pin.</summary>
    public const string Free = "free";

    /// <summary>What <see cref="PinChildren"/> does on this platform.</summary>
    public static string Name => OperatingSystem.IsLinux() || OperatingSystem.IsWindows() ? SameCore : Free;

    /// <summary>
    /// Lets every process that the calling thread starts from now on run on the last core that is allowed here; the
    /// first ones serve most interrupts. Disposing lifts it, on any thread.
    /// </summary>
    public static IDisposable PinChildren()
    {
        if (OperatingSystem.IsLinux())
        {
            var thread = CurrentThread();
            var before = Mask(thread);
            Check(SetAffinity(thread, before.Length, Last(before)));
            return new Restore(() => _ = SetAffinity(thread, before.Length, before)); // fails only when the thread has ended
        }

        if (OperatingSystem.IsWindows())
        {
            var process = Process.GetCurrentProcess();
            var before = process.ProcessorAffinity;
            process.ProcessorAffinity = (nint)(1L << (63 - BitOperations.LeadingZeroCount((ulong)before)));
            return new Restore(() =>
            {
                if (OperatingSystem.IsWindows())
                {
                    process.ProcessorAffinity = before;
                }

                process.Dispose();
            });
        }

        return new Restore(() => { });
    }

    /// <summary>The cores that the calling thread may use, as <see cref="Spread"/> takes them; null where the platform cannot pin.</summary>
    public static byte[]? Cores() =>
        OperatingSystem.IsLinux() ? Mask(CurrentThread())
        : OperatingSystem.IsWindows() ? BitConverter.GetBytes((long)Process.GetCurrentProcess().ProcessorAffinity)
        : null;

    /// <summary>
    /// Lets every thread of this process use the given cores until the result is disposed: what is not timed may compile
    /// on one core while it runs on another. Then all are back where the calling thread was before.
    /// </summary>
    /// <param name="cores">From <see cref="Cores"/> of a process that is not pinned; null leaves everything as it is.</param>
    public static IDisposable Spread(byte[]? cores)
    {
        var before = Cores();
        if (cores is null || before is null)
        {
            return new Restore(() => { });
        }

        Move(cores);
        return new Restore(() => Move(before));
    }

    /// <summary>All cores but the last one, which belongs to what is timed; the same cores where there is one only.</summary>
    /// <param name="cores">A mask, as <see cref="Cores"/> gives it; null gives null.</param>
    public static byte[]? WithoutLast(byte[]? cores)
    {
        if (cores is null || cores.Sum(bits => BitOperations.PopCount(bits)) < 2)
        {
            return cores;
        }

        var rest = cores.ToArray();
        var last = Array.FindLastIndex(rest, bits => bits != 0);
        rest[last] &= (byte)~(1 << BitOperations.Log2(rest[last]));
        return rest;
    }

    private static void Move(byte[] cores)
    {
        if (OperatingSystem.IsWindows())
        {
            using var process = Process.GetCurrentProcess();
            process.ProcessorAffinity = (nint)BitConverter.ToInt64(cores);
            return;
        }

        // A thread that starts meanwhile has the cores of the one that started it: until a pass finds none that is new.
        var moved = new HashSet<int>();
        while (Threads().Where(moved.Add).ToArray() is { Length: > 0 } found)
        {
            foreach (var thread in found)
            {
                _ = SetAffinity(thread, cores.Length, cores); // fails only for a thread that has ended
            }
        }
    }

    /// <summary>
    /// Gives this process, all threads, the priority of the server. BenchmarkDotNet raises its processes' where it may,
    /// and on one core a client that outranks its server interrupts it within every response: 30 % slower here.
    /// </summary>
    public static void TakeNormalPriority()
    {
        using var process = Process.GetCurrentProcess();
        process.PriorityClass = ProcessPriorityClass.Normal;
        if (OperatingSystem.IsLinux())
        {
            // There a priority belongs to a thread. Fails only for a thread that has ended.
            foreach (var thread in Threads())
            {
                _ = SetPriority(ThreadOfPriority, thread, nice: 0);
            }
        }
    }

    private static IEnumerable<int> Threads() =>
        Directory.GetDirectories("/proc/self/task").Select(task => int.Parse(Path.GetFileName(task), CultureInfo.InvariantCulture));

    private static byte[] Last(byte[] mask)
    {
        var last = new byte[mask.Length];
        var index = Array.FindLastIndex(mask, bits => bits != 0);
        last[index] = (byte)(1 << BitOperations.Log2(mask[index]));
        return last;
    }

    // By its number, because an await may move the disposal to another thread.
    private static int CurrentThread() =>
        int.Parse(Path.GetFileName(new FileInfo("/proc/thread-self").LinkTarget!), CultureInfo.InvariantCulture);

    private static byte[] Mask(int thread)
    {
        var mask = new byte[128]; // CPU_SETSIZE: 1024 cores
        Check(GetAffinity(thread, mask.Length, mask));
        return mask;
    }

    private static void Check(int result)
    {
        if (result < 0)
        {
            throw new IOException($"cannot choose a core: errno {Marshal.GetLastPInvokeError()}");
        }
    }

    [LibraryImport("libc", EntryPoint = "sched_getaffinity", SetLastError = true)]
    private static partial int GetAffinity(int thread, nint size, [Out] byte[] mask);

    [LibraryImport("libc", EntryPoint = "sched_setaffinity", SetLastError = true)]
    private static partial int SetAffinity(int thread, nint size, byte[] mask);

    [LibraryImport("libc", EntryPoint = "setpriority", SetLastError = true)]
    private static partial int SetPriority(int which, int thread, int nice);

    private sealed class Restore(Action undo) : IDisposable
    {
        private Action? _undo = undo;

        public void Dispose() => Interlocked.Exchange(ref _undo, null)?.Invoke();
    }
}
