using ConnectionReuse.Turns;
using Xunit;

namespace ConnectionReuse.Tests.Timing;

public sealed class HeapWarmupTests
{
    [Fact]
    public void Afterwards_the_youngest_generation_has_been_through_its_memory()
    {
        var collections = GC.CollectionCount(generation: 0);
        var allocated = GC.GetAllocatedBytesForCurrentThread();

        HeapWarmup.Run();

        Assert.NotEqual(allocated, GC.GetAllocatedBytesForCurrentThread()); // tests beside it collect too
        Assert.NotEqual(collections, GC.CollectionCount(generation: 0));
    }
}
