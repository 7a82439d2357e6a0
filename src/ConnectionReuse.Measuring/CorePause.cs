using System.Diagnostics;

namespace ConnectionReuse.Measuring;

/// <summary>
/// Gives this core away for a while, so that what still has to run on it does so now and not within what is timed next.
/// Without sleeping, because a core that slept starts with cold caches.
/// </summary>
internal static class CorePause
{
    private static readonly TimeSpan Compiler = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Counters = TimeSpan.FromMilliseconds(2);

    /// <summary>5 ms for the compiler in the background: what ran for the first time lately is compiled now.</summary>
    public static void ForCompiler() => Make(Compiler);

    /// <summary>
    /// 2 ms for the runtimes whose counters were read: this process's, and that of whoever had the turn before. A reading asks
    /// for a report every millisecond and takes that back, for which the runtime's thread wakes once more, a millisecond later.
    /// </summary>
    public static void ForCounters() => Make(Counters);

    private static void Make(TimeSpan length)
    {
        var start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < length)
        {
            Thread.Yield();
        }
    }
}
