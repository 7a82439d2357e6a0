namespace ConnectionReuse.Turns;

/// <summary>
/// Lets the heap of a young process be used once before it is timed. What is allocated for the first time lies on pages
/// that nothing has touched, and each costs a page fault: one in two requests of a shared client, which allocate 1.9 kB each.
/// A process that has run for a while pays none of them, and <c>check harness</c> shows the difference.
/// </summary>
public static class HeapWarmup
{
    // Far above the memory of the youngest generation by default, which is a few megabytes.
    private const long Most = 256L * 1024 * 1024;

    private const int Block = 4096; // bytes; small enough for the youngest generation

    /// <summary>Allocates, and drops what it allocated, until the youngest generation has been collected; at most 256 MiB.</summary>
    public static void Run() => Run(() => GC.CollectionCount(generation: 0));

    internal static void Run(Func<int> collections)
    {
        var before = collections();
        for (var allocated = 0L; allocated < Most && collections() == before; allocated += Block)
        {
            // Kept alive, or the JIT may see that nobody needs it.
            GC.KeepAlive(GC.AllocateUninitializedArray<byte>(Block));
        }
    }
}
