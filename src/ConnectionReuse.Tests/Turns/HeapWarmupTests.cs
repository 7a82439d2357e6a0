using ConnectionReuse.Tests.Connections;
using ConnectionReuse.Turns;
using Xunit;

namespace ConnectionReuse.Tests.Turns;

[Collection(CountsOfTheProcess.Name)] // tests beside it would collect too
public sealed class HeapWarmupTests
{
    private const int Block = 4096;

    [Fact]
    public void Afterwards_the_youngest_generation_has_been_collected()
    {
        var before = GC.CollectionCount(generation: 0);
        HeapWarmup.Run();
        Assert.True(GC.CollectionCount(generation: 0) > before);
    }

    [Fact]
    public void It_allocates_until_there_is_a_collection_and_no_longer()
    {
        const int Looks = 1000;
        var looks = 0;
        var before = GC.GetAllocatedBytesForCurrentThread();
        HeapWarmup.Run(() => ++looks > Looks ? 1 : 0);
        Assert.Equal(Looks + 1, looks);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, (Looks - 1L) * Block, (Looks + 100L) * Block);
    }

    [Fact]
    public void Where_nothing_is_ever_collected_it_gives_up_after_256_MiB()
    {
        const long Most = 256 << 20;
        var before = GC.GetAllocatedBytesForCurrentThread();
        HeapWarmup.Run(() => 0);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, Most, Most + (Most / 10));
    }
}
