using ConnectionReuse.Bench.Checks;
using ConnectionReuse.Memory;
using Xunit;

namespace ConnectionReuse.Tests.Checks;

public sealed class MemoryVerdictTests
{
    private const long Mebibyte = 1 << 20;

    private static readonly ProcessMemory Before = new(Mebibyte, 80 * Mebibyte);

    [Theory]
    [InlineData(10_000, "1000 10000")]
    [InlineData(25_000, "1000 10000 25000")]
    [InlineData(1_000_000, "1000 10000 100000 1000000")]
    [InlineData(int.MaxValue, "1000 10000 100000 1000000 10000000 100000000 1000000000 2147483647")]
    public void Looks_are_powers_of_ten_and_the_end(int requests, string looks) =>
        Assert.Equal(looks, string.Join(' ', MemoryGrowth.Looks(requests)));

    [Fact]
    public void What_stays_flat_holds()
    {
        var verdict = new MemoryVerdict(Run(Before, Before));
        Assert.True(verdict.Holds, verdict.ToString());
        Assert.All(verdict.Lines, line => Assert.EndsWith(": ok", line.Text, StringComparison.Ordinal));
    }

    [Fact]
    public void The_limits_themselves_hold()
    {
        var grown = new ProcessMemory(Before.HeapBytes + MemoryVerdict.HeapLimit, Before.WorkingSetBytes + MemoryVerdict.WorkingSetLimit);
        Assert.True(new MemoryVerdict(Run(grown, grown)).Holds);
    }

    [Fact]
    public void Growth_beyond_a_limit_is_named_with_its_end()
    {
        var heap = Before with { HeapBytes = Before.HeapBytes + MemoryVerdict.HeapLimit + 1 };
        var workingSet = Before with { WorkingSetBytes = Before.WorkingSetBytes + MemoryVerdict.WorkingSetLimit + 1 };
        Assert.Equal("client heap        +1.00 MiB, limit +1 MiB: beyond the limit", Failed(Run(heap, Before)));
        Assert.Equal("server heap        +1.00 MiB, limit +1 MiB: beyond the limit", Failed(Run(Before, heap)));
        Assert.Equal("client working set +64.00 MiB, limit +64 MiB: beyond the limit", Failed(Run(workingSet, Before)));
        Assert.Equal("server working set +64.00 MiB, limit +64 MiB: beyond the limit", Failed(Run(Before, workingSet)));
    }

    [Fact]
    public void Time_is_held_against_the_fastest_earlier_look()
    {
        Assert.True(new MemoryVerdict(Run(Before, Before, lastMicroseconds: 49)).Holds);
        Assert.Equal("time per request   +50%, limit +25%: beyond the limit", Failed(Run(Before, Before, lastMicroseconds: 60)));
    }

    [Fact]
    public void Time_of_few_requests_is_not_judged()
    {
        var verdict = new MemoryVerdict(Run(Before, Before, lastMicroseconds: 600, requests: MemoryVerdict.FewestForTime - 1));
        Assert.True(verdict.Holds);
        Assert.Contains(verdict.Lines, line => line.Text == "time per request   not judged below 100,000 requests");
    }

    [Fact]
    public void Requests_over_other_connections_or_lost_ones_are_told()
    {
        var run = Run(Before, Before);
        Assert.StartsWith("connections        1 blocks", Failed(run with { OtherBlocks = 1 }), StringComparison.Ordinal);
        Assert.Contains("999,999 of 1,000,000", Failed(run with { ServerRequests = 999_999 }), StringComparison.Ordinal);
    }

    [Fact]
    public void The_table_shows_every_look()
    {
        var text = new MemoryVerdict(Run(Before, Before)).ToString();
        Assert.StartsWith("kestrel-http shared, after a warm-up of 2,000 requests\n", text, StringComparison.Ordinal);
        Assert.Contains("|     1,000 |            1.00 |                  80.00 |            1.00 |                  80.00 |       60.0 |", text, StringComparison.Ordinal);
        Assert.Contains("| 1,000,000 |", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Memory_goes_over_the_line_and_back()
    {
        Assert.Equal(new ProcessMemory(12, 345), ProcessMemory.OfLine(new ProcessMemory(12, 345).ToLine()));
        Assert.Throws<FormatException>(() => ProcessMemory.OfLine("12"));
    }

    private static string Failed(MemoryRun run)
    {
        var verdict = new MemoryVerdict(run);
        Assert.False(verdict.Holds);
        return Assert.Single(verdict.Lines, line => !line.Holds).Text;
    }

    // The first look is slow, because the compiler is still at work.
    private static MemoryRun Run(ProcessMemory client, ProcessMemory server, double lastMicroseconds = 41, int requests = 1_000_000) => new(
        "kestrel-http",
        WarmupRequests: 2000,
        [new(1000, 60e-6, Before, Before), new(10_000, 40e-6, Before, Before), new(requests, lastMicroseconds / 1e6, client, server)],
        ServerRequests: requests,
        OtherBlocks: 0);
}
