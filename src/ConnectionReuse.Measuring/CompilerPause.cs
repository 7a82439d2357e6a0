using System.Diagnostics;

namespace ConnectionReuse.Measuring;

/// <summary>A pause before something is timed, for the compiler in the background.</summary>
internal static class CompilerPause
{
    private static readonly TimeSpan Length = TimeSpan.FromMilliseconds(5);

    /// <summary>
    /// Gives this core away for 5 ms: what ran for the first time lately is compiled now, not within what is timed next.
    /// Without sleeping, because a core that slept starts with cold caches.
    /// </summary>
    public static void Make()
    {
        var start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < Length)
        {
            Thread.Yield();
        }
    }
}
